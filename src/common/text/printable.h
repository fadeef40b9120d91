#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wordkin {

// 'text' as a terminal may show it: control characters (C0, DEL, C1, and what turns the direction
// of the text around it) as \u{1b}, ill-formed bytes as \xff. Those control characters that 'kept'
// holds stay.
std::string Printable(std::string_view text, std::string_view kept = {});

// The beginning of 'text', printable, at most some 'limit' bytes of it, with "..." when there is
// more; ill-formed bytes become U+FFFD.
std::string Excerpt(std::string_view text, std::size_t limit = 200);

// The same in quotes, of some 40 bytes.
std::string QuoteExcerpt(std::string_view text);

}  // namespace wordkin
