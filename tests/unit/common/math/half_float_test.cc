#include "common/math/half_float.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

namespace wordkin {
namespace {

// The value that IEEE 754 gives to the bits of a finite half, from its definition.
double ValueOf(std::uint16_t half) {
  const int exponent = half >> 10 & 0x1F;
  const int mantissa = half & 0x3FF;
  const double magnitude =
      exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(1024 + mantissa, exponent - 25);
  return (half & 0x8000) != 0 ? -magnitude : magnitude;
}

bool IsFiniteHalf(int half) { return (half >> 10 & 0x1F) != 0x1F; }

TEST(HalfFloat, HasTheValueOfItsDefinition) {
  for (int half = 0; half < 65536; ++half) {
    const float value = HalfToFloat(static_cast<std::uint16_t>(half));
    if (IsFiniteHalf(half)) {
      ASSERT_EQ(value, ValueOf(static_cast<std::uint16_t>(half))) << half;
      ASSERT_EQ(std::signbit(value), half >= 32768) << half;
    } else if ((half & 0x3FF) == 0) {
      ASSERT_TRUE(std::isinf(value)) << half;
    } else {
      ASSERT_TRUE(std::isnan(value)) << half;
    }
  }
}

TEST(HalfFloat, ComesBackFromFloatUnchanged) {
  for (int half = 0; half < 65536; ++half) {
    const float value = HalfToFloat(static_cast<std::uint16_t>(half));
    if (std::isnan(value)) {
      ASSERT_TRUE(std::isnan(HalfToFloat(FloatToHalf(value)))) << half;
    } else {
      ASSERT_EQ(FloatToHalf(value), half);
    }
  }
}

TEST(HalfFloat, RoundsToTheNearestAndTiesToEven) {
  for (int half = 0; half + 1 < 0x7C00; ++half) {
    const double here = ValueOf(static_cast<std::uint16_t>(half));
    const double next = ValueOf(static_cast<std::uint16_t>(half + 1));
    const auto middle = static_cast<float>((here + next) / 2);
    const float above = std::nextafter(middle, 1e9f);
    const float below = std::nextafter(middle, -1e9f);
    ASSERT_EQ(FloatToHalf(below), half);
    ASSERT_EQ(FloatToHalf(above), half + 1);
    ASSERT_EQ(FloatToHalf(middle), half % 2 == 0 ? half : half + 1);
    ASSERT_EQ(FloatToHalf(-above), (half + 1) | 0x8000);
  }
}

TEST(HalfFloat, BecomesInfinityWhenTooLarge) {
  EXPECT_EQ(FloatToHalf(65519.99f), 0x7BFF);
  EXPECT_EQ(FloatToHalf(65520.0f), 0x7C00);
  EXPECT_EQ(FloatToHalf(std::numeric_limits<float>::max()), 0x7C00);
  EXPECT_EQ(FloatToHalf(-std::numeric_limits<float>::infinity()), 0xFC00);
  EXPECT_EQ(FloatToHalf(std::numeric_limits<float>::denorm_min()), 0);
}

}  // namespace
}  // namespace wordkin
