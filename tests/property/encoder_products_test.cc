// Matrix products against plain loops, to what the rounding of float32 or of 8 bits allows. oneDNN
// keeps the instruction set with which it was loaded: each set has a process of its own where, as
// with ctest, each test has.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "contextual/encoder/linear.h"
#include "contextual/encoder/thread_limit.h"
#include "tests/property/encoder_testing.h"

namespace wordkin::contextual {
namespace {

class ProductProperty : public EncoderProperty, public testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    UseInstructionSet(GetParam());
    if (LoadOneDnn() != GetParam()) {
      GTEST_SKIP() << "oneDNN runs on " << LoadOneDnn() << " in this process";
    }
    EncoderProperty::SetUp();
  }
};

// output = input * weights' + bias (+ before), and the sum of the magnitudes of all its terms.
struct ProductCase {
  std::size_t row_count, inputs, outputs;
  std::vector<float> input, weights, bias, before;  // bias may be empty
  int thread_count;

  explicit ProductCase(Random& random)
      : row_count(RandomSize(random, random.Below(4) == 0 ? 300 : 130)),
        inputs(RandomSize(random, 130)),
        outputs(RandomSize(random, 130)),
        thread_count(static_cast<int>(RandomSize(random, 2))) {
    constexpr float kSpreads[] = {1e-12f, 0.05f, 1, 1, 1e4f};
    const std::size_t computed = ComputedRows(row_count);
    for (std::size_t row = 0; row < computed; ++row) {
      const std::vector<float> next = RandomRow(random, inputs, Pick(random, kSpreads));
      input.insert(input.end(), next.begin(), next.end());
    }
    for (std::size_t column = 0; column < outputs; ++column) {
      const std::vector<float> next = RandomRow(random, inputs, Pick(random, kSpreads));
      weights.insert(weights.end(), next.begin(), next.end());
    }
    if (random.Below(2) == 0) bias = UniformValues(random, outputs, Pick(random, kSpreads));
    before = UniformValues(random, computed * outputs, Pick(random, kSpreads));
  }

  // check(row, column, sum, magnitudes) for every output.
  template <typename Check>
  void ForEachOutput(bool adds, const Check& check) const {
    for (std::size_t row = 0; row < row_count; ++row) {
      for (std::size_t column = 0; column < outputs; ++column) {
        const double first = bias.empty() ? 0 : bias[column];
        const double second = adds ? before[row * outputs + column] : 0;
        double sum = first + second, magnitudes = std::fabs(first) + std::fabs(second);
        for (std::size_t i = 0; i < inputs; ++i) {
          const double product = double{input[row * inputs + i]} * weights[column * inputs + i];
          sum += product;
          magnitudes += std::fabs(product);
        }
        check(row, column, sum, magnitudes);
      }
    }
  }

  // By Linear.
  std::vector<float> Output(EncoderPrecision precision, bool adds) const {
    const ThreadLimit limit(thread_count);
    const Linear linear(weights, inputs, bias, precision);
    LinearScratch scratch;
    std::vector<float> output = before;
    if (adds) {
      linear.ApplyAdding(input.data(), row_count, scratch, output.data());
    } else {
      linear.Apply(input.data(), row_count, scratch, output.data());
    }
    return output;
  }
};

std::ostream& operator<<(std::ostream& out, const ProductCase& product) {
  return out << product.row_count << " rows of " << product.inputs << " to " << product.outputs
             << (product.bias.empty() ? "" : " with bias") << " on " << product.thread_count
             << " threads";
}

TEST_P(ProductProperty, FloatsAgreeWithDoublePrecision) {
  Repeat(10, [](Random& random) {
    const ProductCase product(random);
    for (const bool adds : {false, true}) {
      const std::vector<float> output = product.Output(EncoderPrecision::kFloat32, adds);
      product.ForEachOutput(
          adds, [&](std::size_t row, std::size_t column, double sum, double magnitudes) {
            ASSERT_NEAR(output[row * product.outputs + column], sum,
                        (static_cast<double>(product.inputs) + 4) * kRoundingError * magnitudes)
                << product << (adds ? ", added" : "") << ", row " << row << ", column " << column;
          });
    }
  });
}

// Each input is off by a step of its row at most (half for itself, half where its row's zero lies
// between two bytes), each weight by half a step of its column.
TEST_P(ProductProperty, EightBitsAreOffByNoMoreThanTheirScalesSay) {
  const double limit = HasExactInt8Products() ? 127 : 63;
  Repeat(10, [&](Random& random) {
    const ProductCase product(random);
    std::vector<double> input_steps, weight_steps, input_sums, weight_sums;
    const auto add = [&](std::span<const float> values, double step, auto& steps, auto& sums) {
      steps.push_back(1.001 * step);
      sums.push_back(0);
      for (const float value : values) sums.back() += std::fabs(double{value});
    };
    for (std::size_t row = 0; row < product.row_count; ++row) {
      const auto values = std::span(product.input).subspan(row * product.inputs, product.inputs);
      const auto [least, largest] = std::ranges::minmax(values);
      add(values, (std::max(largest, 0.0f) - double{std::min(least, 0.0f)}) / 255, input_steps,
          input_sums);
    }
    for (std::size_t column = 0; column < product.outputs; ++column) {
      const auto values =
          std::span(product.weights).subspan(column * product.inputs, product.inputs);
      add(values, LargestMagnitude(values) / limit, weight_steps, weight_sums);
    }
    const auto inputs = static_cast<double>(product.inputs);
    for (const bool adds : {false, true}) {
      const std::vector<float> output = product.Output(EncoderPrecision::kInt8, adds);
      product.ForEachOutput(
          adds, [&](std::size_t row, std::size_t column, double sum, double magnitudes) {
            const double error =
                input_steps[row] * weight_sums[column] +
                (input_sums[row] + inputs * input_steps[row]) * weight_steps[column] / 2;
            ASSERT_NEAR(output[row * product.outputs + column], sum,
                        error + 8 * kRoundingError * (magnitudes + error))
                << product << (adds ? ", added" : "") << ", row " << row << ", column " << column;
          });
    }
  });
}

TEST_P(ProductProperty, OfBytesAreExact) {
  const int limit = HasExactInt8Products() ? 127 : 63;
  Repeat(10, [&](Random& random) {
    const std::size_t row_count = RandomSize(random, 200), inputs = RandomSize(random, 130);
    const std::size_t outputs = RandomSize(random, 130), computed = ComputedRows(row_count);
    // Mostly the largest ones: their sums of pairs are what may overflow.
    std::vector<std::uint8_t> input(computed * inputs);
    for (std::uint8_t& byte : input) {
      byte = static_cast<std::uint8_t>(random.Below(3) != 0 ? 255 : random.Below(256));
    }
    std::vector<std::int8_t> weights(outputs * inputs);
    const auto range = static_cast<std::uint32_t>(2 * limit + 1);
    const int most = random.Below(2) == 0 ? limit : -limit;
    for (std::int8_t& weight : weights) {
      weight = static_cast<std::int8_t>(
          random.Below(3) != 0 ? most : static_cast<int>(random.Below(range)) - limit);
    }
    const ThreadLimit threads(static_cast<int>(RandomSize(random, 2)));
    const Int8Matrix matrix(weights, inputs);
    std::vector<std::int32_t> output(computed * outputs);
    matrix.Multiply(input.data(), row_count, output.data());
    for (std::size_t i = 0; i < row_count * outputs; ++i) {
      std::int32_t sum = 0;
      for (std::size_t k = 0; k < inputs; ++k) {
        sum += std::int32_t{input[i / outputs * inputs + k]} * weights[i % outputs * inputs + k];
      }
      ASSERT_EQ(output[i], sum) << row_count << " rows of " << inputs << " to " << outputs;
    }
  });
}

INSTANTIATE_TEST_SUITE_P(EveryInstructionSet, ProductProperty,
                         testing::ValuesIn(AvailableInstructionSets()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace wordkin::contextual
