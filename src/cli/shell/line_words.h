#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wordkin::cli {

// A word of a line, without its quotes.
struct LineWord {
  std::string text;
  std::size_t begin = 0;  // its first byte in the line, a quote perhaps
  std::size_t end = 0;    // behind its last byte
  bool is_open = false;   // the line ends within its quotes
};

// The words of a line: parted by white space, which '...' and "..." keep; \" and \\ stand in the
// second. A quote opens where a word or the value of --option= begins, so that don't is a word.
std::vector<LineWord> ReadLineWords(std::string_view line);
// Their texts. Throws kUsage when a quote is not closed.
std::vector<std::string> SplitLine(std::string_view line);

// 'word' as it must be typed to be one word; in quotes only when it needs them.
std::string QuotedWord(std::string_view word);
// Its beginning in double quotes that are still open.
std::string OpenlyQuoted(std::string_view beginning);
bool NeedsQuotes(std::string_view word);

}  // namespace wordkin::cli
