#pragma once

#include <cstddef>

namespace wordkin {

// The least multiple of 'multiple' from 'value' on.
constexpr std::size_t RoundUp(std::size_t value, std::size_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

}  // namespace wordkin
