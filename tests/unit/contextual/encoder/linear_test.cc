#include "contextual/encoder/linear.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/unit/contextual/encoder/random_values.h"

namespace wordkin::contextual {
namespace {

// The largest difference to input * weights' + bias (+ before), as a part of the largest value.
double RelativeError(EncoderPrecision precision, bool has_bias, bool adds) {
  constexpr std::size_t kInputs = 40, kOutputs = 24, kRows = 150;
  const std::vector<float> weights = RandomValues(kOutputs * kInputs, 1, 0.2f);
  const std::vector<float> bias = has_bias ? RandomValues(kOutputs, 2) : std::vector<float>();
  const std::vector<float> input = RandomValues(ComputedRows(kRows) * kInputs, 3, 2, 0.5f);
  const std::vector<float> before = RandomValues(ComputedRows(kRows) * kOutputs, 4);
  const Linear linear(weights, kInputs, bias, precision);
  EXPECT_EQ(linear.inputs(), kInputs);
  EXPECT_EQ(linear.outputs(), kOutputs);
  LinearScratch scratch;
  std::vector<float> output = before;
  if (adds) {
    linear.ApplyAdding(input.data(), kRows, scratch, output.data());
  } else {
    linear.Apply(input.data(), kRows, scratch, output.data());
  }
  double error = 0, largest = 0;
  for (std::size_t i = 0; i < kRows * kOutputs; ++i) {
    const std::size_t row = i / kOutputs, column = i % kOutputs;
    double expected = (has_bias ? bias[column] : 0) + (adds ? before[i] : 0);
    for (std::size_t k = 0; k < kInputs; ++k) {
      expected += double{input[row * kInputs + k]} * weights[column * kInputs + k];
    }
    error = std::max(error, std::fabs(output[i] - expected));
    largest = std::max(largest, std::fabs(expected));
  }
  return error / largest;
}

TEST(Linear, AgreesWithAPlainLoop) {
  for (const bool has_bias : {false, true}) {
    for (const bool adds : {false, true}) {
      EXPECT_LT(RelativeError(EncoderPrecision::kFloat32, has_bias, adds), 1e-6);
      EXPECT_LT(RelativeError(EncoderPrecision::kInt8, has_bias, adds), 0.02);
    }
  }
}

}  // namespace
}  // namespace wordkin::contextual
