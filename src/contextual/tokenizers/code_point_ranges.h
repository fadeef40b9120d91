#pragma once

#include <algorithm>
#include <span>

namespace wordkin::contextual {

struct CodePointRange {
  char32_t first;
  char32_t last;
};

// 'ranges' are in order and do not overlap.
inline bool Contains(std::span<const CodePointRange> ranges, char32_t code_point) {
  const auto after = std::ranges::upper_bound(ranges, code_point, {}, &CodePointRange::first);
  return after != ranges.begin() && code_point <= (after - 1)->last;
}

}  // namespace wordkin::contextual
