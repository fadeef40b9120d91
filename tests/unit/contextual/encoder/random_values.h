#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "common/support/random.h"

namespace wordkin::contextual {

// What lies behind the values that a kernel may write.
inline constexpr float kUntouched = 12345.5f;

// Values of centre - spread to centre + spread, the same for each seed.
inline std::vector<float> RandomValues(std::size_t count, std::uint64_t seed, float spread = 1,
                                       float centre = 0) {
  Random random(seed);
  std::vector<float> values(count);
  for (float& value : values) value = centre + spread * (random.NextFloat() * 2 - 1);
  return values;
}

}  // namespace wordkin::contextual
