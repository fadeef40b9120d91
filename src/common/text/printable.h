#pragma once

#include <string>
#include <string_view>

namespace wordkin {

// 'text' as a terminal may show it: control characters (C0, DEL, C1) as \u{1b}, ill-formed bytes as
// \xff. Those control characters that 'kept' holds stay.
std::string Printable(std::string_view text, std::string_view kept = {});

// The beginning of 'text' in quotes, printable, at most some 40 bytes; ill-formed bytes become
// U+FFFD.
std::string QuoteExcerpt(std::string_view text);

}  // namespace wordkin
