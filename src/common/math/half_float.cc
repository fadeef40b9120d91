#include "common/math/half_float.h"

#include <bit>

namespace wordkin {
namespace {

constexpr int kMantissaShift = 23 - 10;
// Float exponents are biased by 127, half ones by 15.
constexpr std::uint32_t kBiasDifference = 127 - 15;
constexpr std::uint32_t kFloatInfinity = 0x7F800000;
constexpr std::uint32_t kSmallestNormalHalf = (kBiasDifference + 1) << 23;
// 65520, halfway between the largest half and the next one that there would be.
constexpr std::uint32_t kOverflow = 0x477FF000;

}  // namespace

std::uint16_t FloatToHalf(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = bits >> 16 & 0x8000;
  const std::uint32_t magnitude = bits & 0x7FFFFFFF;
  std::uint32_t half = 0;
  if (magnitude > kFloatInfinity) {
    half = 0x7E00 | (magnitude >> kMantissaShift & 0x3FF);
  } else if (magnitude >= kOverflow) {
    half = 0x7C00;
  } else if (magnitude < kSmallestNormalHalf) {
    // Adding 0.5 lets the processor round to a multiple of 2^-24, the step of denormal halves.
    const float shifted = std::bit_cast<float>(magnitude) + 0.5f;
    half = std::bit_cast<std::uint32_t>(shifted) - std::bit_cast<std::uint32_t>(0.5f);
  } else {
    const std::uint32_t rebiased = magnitude - (kBiasDifference << 23);
    const std::uint32_t is_odd = rebiased >> kMantissaShift & 1;
    half = (rebiased + 0xFFF + is_odd) >> kMantissaShift;
  }
  return static_cast<std::uint16_t>(sign | half);
}

}  // namespace wordkin
