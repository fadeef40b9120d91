#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/answers/query_lines.h"

namespace wordkin::cli {

class Console;

// The texts of a command line: those given, each an argument; or, for a single argument that is "-"
// or names a file, the lines of standard input or of the file.
class TextSource {
 public:
  // Standard input, too, when there are no arguments. Throws kInputOutput when the file cannot be
  // opened, kUsage when "-" stands beside others. The console hears of what looks like a file's
  // name and is none.
  TextSource(std::vector<std::string> arguments, Console& console);

  // The next texts, 1 to 'limit' of them; none at the end. Throws kInputOutput, and kUsage for a
  // line that is too long.
  std::vector<std::string> Next(std::size_t limit);
  // Whether texts are lines of a stream, rather than arguments.
  bool is_stream() const { return lines_.has_value(); }

 private:
  std::vector<std::string> NextLines(std::size_t limit);

  std::vector<std::string> arguments_;
  std::size_t next_ = 0;
  std::optional<QueryLines> lines_;
};

}  // namespace wordkin::cli
