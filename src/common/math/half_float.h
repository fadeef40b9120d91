#pragma once

#include <bit>
#include <cstdint>

namespace wordkin {

// IEEE 754 half precision, converted by hand: not every compiler of ours has the type without
// special instructions. To half: nearest, ties to even, too large becomes infinity.
std::uint16_t FloatToHalf(float value);

// Here and without branches, so that loops over it are vectorised.
inline float HalfToFloat(std::uint16_t half) {
  const std::uint32_t sign = (half & 0x8000u) << 16;
  const std::uint32_t magnitude = (half & 0x7FFFu) << 13;
  // The exponent's bias differs by 112; the product is exact, subnormal halves included.
  const float scaled = std::bit_cast<float>(magnitude) * 0x1p112f;
  const std::uint32_t special = magnitude >= 0x0F800000u ? 0x7F800000u : 0;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(scaled) | special | sign);
}

}  // namespace wordkin
