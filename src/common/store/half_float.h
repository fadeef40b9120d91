#pragma once

#include <cstdint>

namespace wordkin {

// IEEE 754 half precision, converted by hand: not every compiler of ours has the type without
// special instructions. To half: nearest, ties to even, too large becomes infinity.
std::uint16_t FloatToHalf(float value);
float HalfToFloat(std::uint16_t half);

}  // namespace wordkin
