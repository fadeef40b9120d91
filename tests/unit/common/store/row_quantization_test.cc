#include "common/store/row_quantization.h"

#include <gtest/gtest.h>

#include <cfloat>
#include <cmath>
#include <limits>
#include <vector>

#include "common/math/half_float.h"
#include "common/support/random.h"

namespace wordkin {
namespace {

struct TwoPlanes {
  float scale;
  std::vector<std::int8_t> high;
  std::vector<std::int8_t> low;

  float Value(std::size_t i) const { return scale * static_cast<float>(256 * high[i] + low[i]); }
  float HighValue(std::size_t i) const { return scale * static_cast<float>(256 * high[i]); }
};

TwoPlanes Quantized(const std::vector<float>& row) {
  TwoPlanes planes = {RowScale(row), std::vector<std::int8_t>(row.size()),
                      std::vector<std::int8_t>(row.size())};
  QuantizeTwoPlane(row, planes.scale, planes.high, planes.low);
  return planes;
}

TwoPlanes QuantizedHigh(const std::vector<float>& row) {
  TwoPlanes planes = {RowScale(row), std::vector<std::int8_t>(row.size()),
                      std::vector<std::int8_t>(row.size())};
  QuantizeHigh(row, planes.scale, planes.high);
  return planes;
}

std::vector<float> RandomRow(Random& random, float size) {
  std::vector<float> row(37);
  for (float& value : row) value = (random.NextFloat() * 2 - 1) * size;
  return row;
}

TEST(RowQuantization, StaysWithinHalfAStep) {
  Random random(7);
  for (const float size : {1.0f, 1e-30f, 1e-37f, 1e-44f, 3e38f, 0.3f, 12345.0f}) {
    for (int repeat = 0; repeat < 100; ++repeat) {
      const std::vector<float> row = RandomRow(random, size);
      const TwoPlanes planes = Quantized(row);
      const TwoPlanes high = QuantizedHigh(row);
      // The product is a float again, which adds 2^-24 of 32,639 steps.
      for (std::size_t i = 0; i < row.size(); ++i) {
        ASSERT_LE(std::fabs(double{planes.Value(i)} - row[i]), planes.scale * 0.503) << size;
        ASSERT_LE(std::fabs(double{high.HighValue(i)} - row[i]), planes.scale * 256 * 0.503);
      }
    }
  }
}

TEST(RowQuantization, UsesTheWholeRange) {
  const TwoPlanes planes = Quantized({0.5f, -0.5f, 0.25f, 0.0f});
  EXPECT_EQ(planes.high[0], 127);
  EXPECT_GT(planes.low[0], 80);
  EXPECT_EQ(planes.high[1], -127);
  EXPECT_LT(planes.low[1], -80);
  EXPECT_EQ(planes.high[3], 0);
  EXPECT_EQ(planes.low[3], 0);
}

TEST(RowQuantization, NeverUsesTheHighValueOutsideItsBounds) {
  Random random(8);
  for (int repeat = 0; repeat < 1000; ++repeat) {
    const std::vector<float> row = RandomRow(random, std::exp(random.NextFloat() * 100 - 50));
    const TwoPlanes planes = Quantized(row);
    const TwoPlanes high = QuantizedHigh(row);
    for (std::size_t i = 0; i < row.size(); ++i) {
      ASSERT_GE(planes.high[i], -127);
      ASSERT_GE(high.high[i], -127);
    }
  }
}

TEST(RowQuantization, KeepsZeroRowsZero) {
  const TwoPlanes planes = Quantized({0.0f, -0.0f, 0.0f});
  EXPECT_EQ(planes.scale, 0);
  EXPECT_EQ(planes.high, std::vector<std::int8_t>(3, 0));
  EXPECT_EQ(planes.low, std::vector<std::int8_t>(3, 0));
  EXPECT_EQ(QuantizedHigh({0.0f, -0.0f}).high, std::vector<std::int8_t>(2, 0));
  EXPECT_EQ(CosineFactor(planes.high), 0);
}

TEST(RowQuantization, StaysFiniteAtTheEdgesOfFloat) {
  for (const float edge : {FLT_MAX, FLT_MIN, std::numeric_limits<float>::denorm_min()}) {
    const std::vector<float> row = {edge, -edge, 0.0f};
    const TwoPlanes planes = Quantized(row);
    const TwoPlanes high = QuantizedHigh(row);
    for (std::size_t i = 0; i < row.size(); ++i) {
      EXPECT_TRUE(std::isfinite(planes.Value(i)));
      EXPECT_TRUE(std::isfinite(high.HighValue(i)));
      // One step where the limit of float itself cuts half of it off.
      EXPECT_LE(std::fabs(double{planes.Value(i)} - row[i]), planes.scale * 1.001);
    }
  }
}

TEST(RowQuantization, KeepsTheDirectionOfTheTiniestRowsWithoutAScale) {
  const float tiny = std::numeric_limits<float>::denorm_min();
  const std::vector<float> row = {3 * tiny, -3 * tiny, tiny};
  std::vector<std::int8_t> high(3);
  QuantizeHigh(row, ExactRowScale(row), high);
  EXPECT_EQ(high, (std::vector<std::int8_t>{127, -127, 42}));
}

TEST(RowQuantization, ScalesHaveFewBits) {
  Random random(9);
  for (int repeat = 0; repeat < 1000; ++repeat) {
    const std::vector<float> row = RandomRow(random, 1);
    int exponent = 0;
    const double mantissa = std::ldexp(std::frexp(RowScale(row), &exponent), kScaleBits);
    ASSERT_EQ(mantissa, std::floor(mantissa));
    ASSERT_GE(RowScale(row), ExactRowScale(row));
    ASSERT_LE(RowScale(row), ExactRowScale(row) * (1 + 0x1p-11));
  }
}

TEST(RowQuantization, CosineFactorIsTheInverseLength) {
  const std::vector<std::int8_t> row = {127, -127, 0, 30};
  EXPECT_NEAR(HalfToFloat(CosineFactor(row)), 127 / std::sqrt(127.0 * 127 * 2 + 900), 5e-4);
  EXPECT_EQ(HalfToFloat(CosineFactor(std::vector<std::int8_t>{-127})), 1.0f);
}

}  // namespace
}  // namespace wordkin
