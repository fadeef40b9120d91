#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "common/text/byte_source.h"

namespace wordkin {

// The lines of a text of any size, one after another. Compressed files and "-" as OpenByteSource
// takes them.
class LineReader {
 public:
  // 'longest': bytes that a line may have. Throws kInputOutput, and kDamaged for what is no text.
  LineReader(const std::string& path, std::size_t longest);

  // The next line without LF or CRLF, and without a byte order mark at the beginning; any bytes.
  // Valid until the next call. nullopt at the end. Throws kInputOutput, and kDamaged for a longer
  // line: that one has a number, and the next call goes on behind it.
  std::optional<std::string_view> Next();
  // Of the line that Next() gave last; from 1.
  std::uint64_t number() const { return number_; }
  // Bytes of the file read so far, compressed ones as they lie on disk.
  std::uint64_t file_bytes_read() const { return source_->file_bytes_read(); }

 private:
  void PassOverRest();
  void ReadMore();
  std::string_view Take(std::size_t end, std::size_t next);

  std::string path_;
  std::size_t longest_;
  std::unique_ptr<ByteSource> source_;
  std::string pending_;
  std::size_t position_ = 0;  // of the next line
  std::size_t searched_ = 0;  // no line ends before this
  bool at_end_ = false;
  bool is_inside_ = false;  // of a line that is too long
  std::uint64_t number_ = 0;
};

}  // namespace wordkin
