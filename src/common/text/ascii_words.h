#pragma once

#include <cstddef>
#include <string_view>

namespace wordkin {

// The end of the bytes from 'begin' on that are printable ASCII and no blank, looked at eight at a
// time: most of what a whitespace splitter passes over.
std::size_t EndOfPrintableAscii(std::string_view text, std::size_t begin);

// Writes the ASCII letters and digits at the front of 'text' to 'folded' in lower case and returns
// how many there are, 'limit' or a few more at most. 'folded' has room for limit + 8 bytes.
std::size_t FoldAsciiWord(std::string_view text, std::size_t limit, char* folded);

}  // namespace wordkin
