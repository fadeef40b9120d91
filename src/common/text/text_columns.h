#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wordkin {

// Every run of white space, line ends among it, as one blank; none at either end. 'text' is valid
// UTF-8.
std::string OnOneLine(std::string_view text);

// As much of 'text' as a terminal shows in so many columns, with "..." in place of the rest, or as
// many of the dots as fit. East Asian characters take two columns, combining ones none. 'text' is
// valid UTF-8.
std::string CutToColumns(std::string_view text, std::size_t columns);

}  // namespace wordkin
