#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cli/console.h"
#include "common/text/byte_source.h"

namespace wordkin::cli {

struct QueryLine {
  std::string text;        // without LF or CRLF; of one that is too long an excerpt
  std::string fault = {};  // why it cannot be taken; else empty
};

// Texts from standard input or a file, a line each, handed out as they come so that a program at
// the other end of a pipe gets each answer before it must ask again.
class QueryLines {
 public:
  static constexpr std::size_t kMaxLineBytes = 1 << 20;

  explicit QueryLines(Console& console, int descriptor = 0)
      : console_(console), descriptor_(descriptor), name_("standard input") {}
  // The lines of a file, decompressed if need be; what is no text is refused (kDamaged).
  QueryLines(Console& console, const std::string& path)
      : console_(console), source_(OpenByteSource(path)), name_(path) {}

  // The lines that have arrived, 1 to 'limit' of them; none at the end. The console is flushed
  // before it waits. The last line may lack its end; a byte order mark is dropped. A line beyond
  // kMaxLineBytes has a fault, told as soon as it is that long, and its rest is passed over. Throws
  // kInputOutput.
  std::vector<QueryLine> Next(std::size_t limit);

 private:
  bool ReadMore();
  std::size_t ReadFromDescriptor(std::span<char> buffer);
  QueryLine TakeLine(std::size_t end);
  QueryLine TakeLongLine();

  Console& console_;
  int descriptor_ = -1;
  std::unique_ptr<ByteSource> source_;  // of a file; else nullptr, and the descriptor is read
  std::string name_;                    // for messages
  std::string pending_;
  std::size_t position_ = 0;
  std::size_t searched_ = 0;  // no line ends before this
  std::size_t line_number_ = 0;
  bool passes_over_ = false;  // the rest of a long line
  bool at_end_ = false;
};

// The words of a line, by white space.
std::vector<std::string> SplitWords(const std::string& line);

}  // namespace wordkin::cli
