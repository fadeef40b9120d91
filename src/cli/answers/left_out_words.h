#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wordkin::cli {

// A line for people: "left out 2 unknown words of SOURCE: 'zzz', 'yyy'"; the first few are named.
std::string LeftOutWords(const std::vector<std::string>& unknown, std::string_view source);

}  // namespace wordkin::cli
