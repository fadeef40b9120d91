#include "contextual/encoder/row_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "common/math/instruction_set.h"
#include "tests/unit/contextual/encoder/random_values.h"

namespace wordkin::contextual {
namespace {

// Every kernel is tried on every instruction set that the processor has.
class RowKernels : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { UseInstructionSet(GetParam()); }
  void TearDown() override { UseInstructionSet(AvailableInstructionSets().front()); }
};

// Lengths around every vector's length and twice it.
std::vector<std::size_t> Dimensions() {
  std::vector<std::size_t> dimensions(70);
  for (std::size_t i = 0; i < dimensions.size(); ++i) dimensions[i] = i + 1;
  dimensions.insert(dimensions.end(), {127, 128, 129, 384, 387, 768, 1000});
  return dimensions;
}

void ExpectNear(std::span<const float> actual, std::span<const double> expected, double error,
                std::size_t dimension) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    ASSERT_NEAR(actual[i], expected[i], error) << "dimension " << dimension << ", value " << i;
  }
}

std::vector<double> PlainNorm(std::span<const float> input, std::span<const float> gain,
                              std::span<const float> bias, double epsilon) {
  const std::size_t dimension = gain.size();
  std::vector<double> output;
  for (std::size_t row = 0; row < input.size() / dimension; ++row) {
    const auto values = input.subspan(row * dimension, dimension);
    double mean = 0, squares = 0;
    // A root mean square norm takes no mean away.
    if (!bias.empty()) {
      for (const float value : values) mean += value / static_cast<double>(dimension);
    }
    for (const float value : values) squares += (value - mean) * (value - mean);
    const double factor = 1 / std::sqrt(squares / static_cast<double>(dimension) + epsilon);
    for (std::size_t i = 0; i < dimension; ++i) {
      output.push_back((values[i] - mean) * factor * gain[i] + (bias.empty() ? 0 : bias[i]));
    }
  }
  return output;
}

TEST_P(RowKernels, LayerNormAgreesWithDoublePrecisionAndKeepsToItsRows) {
  constexpr std::size_t kRows = 3;
  for (const std::size_t dimension : Dimensions()) {
    const std::vector<float> input = RandomValues(kRows * dimension, 1, 3.0f, 2.0f);
    const std::vector<float> gain = RandomValues(dimension, 2), bias = RandomValues(dimension, 3);
    for (const float epsilon : {1e-12f, 0.1f}) {
      std::vector<float> output(kRows * dimension + 1, kUntouched);
      NormalizeLayer(input.data(), kRows, dimension, gain.data(), bias.data(), epsilon,
                     output.data());
      ExpectNear(output, PlainNorm(input, gain, bias, epsilon), dimension == 1 ? 1.0 : 1e-5,
                 dimension);
      EXPECT_EQ(output.back(), kUntouched);
      std::vector<float> in_place = input;
      NormalizeLayer(in_place.data(), kRows, dimension, gain.data(), bias.data(), epsilon,
                     in_place.data());
      output.pop_back();
      EXPECT_EQ(in_place, output) << dimension;
    }
  }
}

TEST_P(RowKernels, LayerNormTakesRowsWithoutVariance) {
  const std::vector<float> gain(37, 2), bias(37, 0.25f);
  std::vector<float> row(37, 5);
  NormalizeLayer(row.data(), 1, row.size(), gain.data(), bias.data(), 1e-12f, row.data());
  for (const float value : row) EXPECT_EQ(value, 0.25f);
}

TEST_P(RowKernels, RootMeanSquareNormAgreesWithDoublePrecision) {
  constexpr std::size_t kRows = 3;
  for (const std::size_t dimension : Dimensions()) {
    const std::vector<float> input = RandomValues(kRows * dimension, 4, 3.0f, 2.0f);
    const std::vector<float> gain = RandomValues(dimension, 5);
    for (const float epsilon : {1e-6f, 0.1f}) {
      std::vector<float> output(kRows * dimension + 1, kUntouched);
      NormalizeRootMeanSquare(input.data(), kRows, dimension, gain.data(), epsilon, output.data());
      ExpectNear(output, PlainNorm(input, gain, {}, epsilon), 1e-5, dimension);
      EXPECT_EQ(output.back(), kUntouched);
    }
  }
}

// 1e37 has a finite mean and infinite squares: by a factor of 0 the row would be its bias.
TEST_P(RowKernels, NormsMakeRowsNanThatTheyCannotCompute) {
  for (const std::size_t dimension : {1u, 2u, 3u, 16u, 37u, 384u}) {
    const std::vector<float> ones(dimension, 1.0f);
    for (const float value : {1e37f, -1e37f, std::numeric_limits<float>::infinity(),
                              std::numeric_limits<float>::quiet_NaN()}) {
      std::vector<float> row = RandomValues(2 * dimension, 14), scaled(2 * dimension);
      row[dimension - 1] = value;
      NormalizeRootMeanSquare(row.data(), 2, dimension, ones.data(), 1e-6f, scaled.data());
      if (dimension > 1) {  // a value alone is its own mean
        NormalizeLayer(row.data(), 2, dimension, ones.data(), ones.data(), 1e-6f, row.data());
      }
      for (std::size_t i = 0; i < 2 * dimension; ++i) {
        const bool is_other_row = i >= dimension;
        EXPECT_EQ(std::isfinite(scaled[i]), is_other_row) << value << " in " << dimension;
        EXPECT_EQ(std::isfinite(row[i]), is_other_row || (dimension == 1 && std::isfinite(value)));
      }
    }
  }
}

// Values densely around zero and far out, where the approximations change over.
std::vector<float> Abscissae() {
  std::vector<float> values;
  for (int i = -100'000; i <= 100'000; ++i) values.push_back(static_cast<float>(i) * 1e-4f);
  for (const float value : {0.0f, 1e-30f, 1e-10f, 20.0f, 100.0f, 1e4f, 1e10f, 1e30f, 3e38f}) {
    values.push_back(value);
    values.push_back(-value);
  }
  return values;
}

template <typename Function>
void ExpectActivation(Activation activation, double relative, double absolute,
                      const Function& expected) {
  const std::vector<float> x = Abscissae();
  std::vector<float> y = x;
  Activate(activation, y.data(), y.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double wanted = expected(double{x[i]});
    ASSERT_NEAR(y[i], wanted, absolute + relative * std::fabs(wanted)) << "at " << x[i];
  }
}

TEST_P(RowKernels, GeluAgreesWithErf) {
  ExpectActivation(Activation::kGelu, 1e-6, 1e-6,
                   [](double x) { return x < -40 ? 0 : 0.5 * x * std::erfc(-x / std::sqrt(2.0)); });
}

TEST_P(RowKernels, GeluTanhAgreesWithTanh) {
  ExpectActivation(Activation::kGeluTanh, 1e-6, 1e-6, [](double x) {
    const double u = std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x);
    return 0.5 * x * (1 + std::tanh(u));
  });
}

TEST_P(RowKernels, ReluIsExact) {
  ExpectActivation(Activation::kRelu, 0, 0, [](double x) { return std::max(x, 0.0); });
}

TEST_P(RowKernels, ActivationsKeepNan) {
  for (const Activation activation :
       {Activation::kGelu, Activation::kGeluTanh, Activation::kRelu}) {
    std::vector<float> values(37, std::numeric_limits<float>::quiet_NaN());
    Activate(activation, values.data(), values.size());
    for (const float value : values) EXPECT_TRUE(std::isnan(value)) << value;
  }
}

TEST_P(RowKernels, ActivationsTakeEveryCount) {
  for (const Activation activation :
       {Activation::kGelu, Activation::kGeluTanh, Activation::kRelu}) {
    for (std::size_t count = 0; count < 70; ++count) {
      std::vector<float> values = RandomValues(count + 1, 6, 4.0f);
      std::vector<float> singly = values;
      values.back() = kUntouched;
      Activate(activation, values.data(), count);
      for (std::size_t i = 0; i < count; ++i) {
        Activate(activation, &singly[i], 1);
        ASSERT_EQ(values[i], singly[i]) << count << " at " << i;
      }
      EXPECT_EQ(values.back(), kUntouched);
    }
  }
}

TEST_P(RowKernels, MultiplyByChangesEveryPlace) {
  for (std::size_t count = 0; count < 70; ++count) {
    const std::vector<float> before = RandomValues(count, 7), factors = RandomValues(count, 8);
    std::vector<float> values = before;
    MultiplyBy(values.data(), factors.data(), count);
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(values[i], before[i] * factors[i]);
  }
}

TEST_P(RowKernels, QuantizedRowsComeBackWithinHalfAStep) {
  constexpr std::size_t kRows = 4;
  for (const std::size_t dimension : Dimensions()) {
    std::vector<float> input = RandomValues(kRows * dimension, 9, 2.0f, 0.7f);
    // A row above zero, one below, one of zeros.
    for (std::size_t i = 0; i < dimension; ++i) {
      input[i] = std::fabs(input[i]) + 1;
      input[dimension + i] = -std::fabs(input[dimension + i]) - 1;
      input[2 * dimension + i] = 0;
    }
    std::vector<std::uint8_t> bytes(kRows * dimension + 1, 77);
    std::vector<RowScale> scales(kRows);
    QuantizeRows(input.data(), kRows, dimension, bytes.data(), scales.data());
    EXPECT_EQ(bytes.back(), 77);
    for (std::size_t row = 0; row < kRows; ++row) {
      EXPECT_GE(scales[row].zero, 0);
      EXPECT_LE(scales[row].zero, 255);
      for (std::size_t i = row * dimension; i < (row + 1) * dimension; ++i) {
        const float back = static_cast<float>(bytes[i] - scales[row].zero) * scales[row].scale;
        // Half a step for the value and half for the zero.
        ASSERT_NEAR(back, input[i], 1.001f * scales[row].scale) << dimension << " row " << row;
      }
    }
    const auto [least, largest] =
        std::minmax_element(input.end() - static_cast<long>(dimension), input.end());
    EXPECT_FLOAT_EQ(scales[3].scale, (std::max(*largest, 0.0f) - std::min(*least, 0.0f)) / 255.0f);
  }
}

TEST_P(RowKernels, QuantizedWeightsComeBackWithinHalfAStep) {
  constexpr std::size_t kRows = 3;
  for (const float limit : {127.0f, 63.0f}) {
    for (const std::size_t dimension : Dimensions()) {
      std::vector<float> weights = RandomValues(kRows * dimension, 10, 0.1f);
      std::fill_n(weights.begin(), dimension, 0.0f);
      std::vector<std::int8_t> bytes(kRows * dimension + 1, 77);
      std::vector<float> scales(kRows);
      std::vector<std::int32_t> sums(kRows);
      QuantizeWeights(weights.data(), kRows, dimension, limit, bytes.data(), scales.data(),
                      sums.data());
      EXPECT_EQ(bytes.back(), 77);
      for (std::size_t row = 0; row < kRows; ++row) {
        std::int32_t sum = 0, largest = 0;
        for (std::size_t i = row * dimension; i < (row + 1) * dimension; ++i) {
          sum += bytes[i];
          largest = std::max(largest, std::abs(std::int32_t{bytes[i]}));
          ASSERT_NEAR(static_cast<float>(bytes[i]) * scales[row], weights[i], 0.501f * scales[row]);
        }
        EXPECT_EQ(sums[row], sum) << dimension;
        EXPECT_EQ(static_cast<float>(largest), row == 0 ? 0.0f : limit) << "the range is used";
      }
    }
  }
}

TEST_P(RowKernels, DequantizedProductsAreTheFormulas) {
  constexpr std::size_t kRows = 2;
  for (const std::size_t dimension : Dimensions()) {
    std::vector<std::int32_t> products, sums;
    for (std::size_t i = 0; i < kRows * dimension; ++i) {
      products.push_back(static_cast<std::int32_t>(i * 7919 % 200'003) - 100'000);
    }
    for (std::size_t i = 0; i < dimension; ++i) {
      sums.push_back(static_cast<std::int32_t>(i * 131 % 1001) - 500);
    }
    const std::vector<float> scales = RandomValues(dimension, 11),
                             bias = RandomValues(dimension, 12);
    const RowScale rows[] = {{0.01f, 13}, {0.002f, 255}};
    for (const bool adds : {false, true}) {
      for (const bool has_bias : {false, true}) {
        std::vector<float> output = RandomValues(kRows * dimension + 1, 13);
        std::vector<double> expected;
        for (std::size_t i = 0; i < kRows * dimension; ++i) {
          const RowScale& row = rows[i / dimension];
          const std::size_t column = i % dimension;
          expected.push_back((double{1} * products[i] - double{1} * row.zero * sums[column]) *
                                 row.scale * scales[column] +
                             (has_bias ? bias[column] : 0) + (adds ? output[i] : 0));
        }
        output.back() = kUntouched;
        DequantizeProducts(products.data(), kRows, dimension, rows,
                           {scales.data(), sums.data(), has_bias ? bias.data() : nullptr}, adds,
                           output.data());
        ExpectNear(output, expected, 1e-3, dimension);
        EXPECT_EQ(output.back(), kUntouched);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryInstructionSet, RowKernels,
                         testing::ValuesIn(AvailableInstructionSets()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace wordkin::contextual
