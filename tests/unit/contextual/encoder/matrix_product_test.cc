#include "contextual/encoder/matrix_product.h"

#include <gtest/gtest.h>

#include <thread>
#include <utility>
#include <vector>

#include "contextual/encoder/thread_limit.h"
#include "tests/unit/contextual/encoder/random_values.h"

namespace wordkin::contextual {
namespace {

constexpr std::pair<std::size_t, std::size_t> kShapes[] = {  // inputs, outputs
    {1, 1}, {3, 5}, {16, 16}, {24, 72}, {40, 24}, {33, 17}, {128, 64}};

// input (rows x inputs) * weights' + bias + output
std::vector<double> PlainProduct(std::span<const float> input, std::size_t row_count,
                                 std::size_t inputs, std::span<const float> weights,
                                 std::span<const float> bias, std::span<const float> output) {
  const std::size_t outputs = weights.size() / inputs;
  std::vector<double> result;
  for (std::size_t row = 0; row < row_count; ++row) {
    for (std::size_t column = 0; column < outputs; ++column) {
      double sum = bias.empty() ? 0 : bias[column];
      if (!output.empty()) sum += output[row * outputs + column];
      for (std::size_t i = 0; i < inputs; ++i) {
        sum += double{input[row * inputs + i]} * weights[column * inputs + i];
      }
      result.push_back(sum);
    }
  }
  return result;
}

void ExpectProducts(const FloatMatrix& matrix, std::span<const float> weights, std::size_t inputs,
                    std::span<const float> bias, std::size_t row_count) {
  const std::size_t outputs = weights.size() / inputs, computed = ComputedRows(row_count);
  const std::vector<float> input = RandomValues(computed * inputs, row_count);
  std::vector<float> output(computed * outputs);
  matrix.Multiply(input.data(), row_count, output.data());
  const auto expected = PlainProduct(input, row_count, inputs, weights, bias, {});
  for (std::size_t i = 0; i < expected.size(); ++i) {
    ASSERT_NEAR(output[i], expected[i], 2e-5)
        << row_count << " rows of " << inputs << " to " << outputs << ", value " << i;
  }
  const std::vector<float> before = RandomValues(computed * outputs, row_count + 1);
  output = before;
  matrix.MultiplyAdd(input.data(), row_count, output.data());
  const auto sums = PlainProduct(input, row_count, inputs, weights, bias, before);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    ASSERT_NEAR(output[i], sums[i], 2e-5) << "added, " << row_count << " rows, value " << i;
  }
}

TEST(FloatMatrix, MultipliesAsAPlainLoopDoes) {
  for (const auto& [inputs, outputs] : kShapes) {
    const std::vector<float> weights = RandomValues(outputs * inputs, 1);
    const std::vector<float> bias = RandomValues(outputs, 2);
    const FloatMatrix with_bias(weights, inputs, bias), without(weights, inputs, {});
    for (const std::size_t row_count : {1u, 2u, 7u, 8u, 9u, 64u, 127u, 128u, 129u, 200u}) {
      ExpectProducts(with_bias, weights, inputs, bias, row_count);
      ExpectProducts(without, weights, inputs, {}, row_count);
    }
  }
}

TEST(FloatMatrix, TakesEveryNumberOfRows) {
  const std::vector<float> weights = RandomValues(24 * 40, 3), bias = RandomValues(24, 4);
  const FloatMatrix matrix(weights, 40, bias);
  for (std::size_t row_count = 1; row_count <= 200; ++row_count) {
    ExpectProducts(matrix, weights, 40, bias, row_count);
  }
}

TEST(FloatMatrix, OutlivesWhatItWasPackedFromAndCanBeMoved) {
  const std::vector<float> kept = RandomValues(24 * 40, 5), kept_bias = RandomValues(24, 6);
  std::vector<float> weights = kept, bias = kept_bias;
  FloatMatrix first(weights, 40, bias);
  std::fill(weights.begin(), weights.end(), NAN);
  std::fill(bias.begin(), bias.end(), NAN);
  FloatMatrix second = std::move(first);
  ExpectProducts(second, kept, 40, kept_bias, 10);
}

TEST(FloatMatrix, IsTheSameOnAnyNumberOfThreads) {
  const std::vector<float> weights = RandomValues(64 * 128, 7), bias = RandomValues(64, 8);
  const FloatMatrix matrix(weights, 128, bias);
  for (const int count : {1, 2, 3}) {
    const ThreadLimit limit(count);
    ExpectProducts(matrix, weights, 128, bias, 150);
    ExpectProducts(FloatMatrix(weights, 128, bias), weights, 128, bias, 150);
  }
}

TEST(FloatMatrix, CanBeMultipliedFromSeveralThreadsAtOnce) {
  const std::vector<float> weights = RandomValues(17 * 33, 9), bias = RandomValues(17, 10);
  const FloatMatrix matrix(weights, 33, bias);
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      const ThreadLimit one(1);
      for (std::size_t row_count = 1 + thread; row_count < 60; ++row_count) {
        ExpectProducts(matrix, weights, 33, bias, row_count);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(Int8Matrix, IsExact) {
  // Weights of 8 bits overflow in pairs where oneDNN must add in 16 bits.
  const int limit = HasExactInt8Products() ? 127 : 63;
  for (const auto& [inputs, outputs] : kShapes) {
    std::vector<std::int8_t> weights(outputs * inputs);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      weights[i] = static_cast<std::int8_t>(i % 3 == 0 ? limit : static_cast<int>(i % 127) - 63);
    }
    const Int8Matrix matrix(weights, inputs);
    for (const std::size_t row_count : {1u, 8u, 9u, 65u, 128u, 129u, 200u}) {
      const std::size_t computed = ComputedRows(row_count);
      std::vector<std::uint8_t> input(computed * inputs);
      for (std::size_t i = 0; i < input.size(); ++i) {
        input[i] = static_cast<std::uint8_t>(i % 2 == 0 ? 255 : i * 89 % 256);
      }
      std::vector<std::int32_t> output(computed * outputs);
      matrix.Multiply(input.data(), row_count, output.data());
      for (std::size_t i = 0; i < row_count * outputs; ++i) {
        std::int32_t sum = 0;
        for (std::size_t k = 0; k < inputs; ++k) {
          sum += std::int32_t{input[i / outputs * inputs + k]} * weights[i % outputs * inputs + k];
        }
        ASSERT_EQ(output[i], sum) << row_count << " rows of " << inputs << " to " << outputs;
      }
    }
  }
}

TEST(ComputedRows, AreFewNumbersNeverTooSmall) {
  std::size_t last = 0, changes = 0;
  for (std::size_t rows = 1; rows <= 512; ++rows) {
    EXPECT_GE(ComputedRows(rows), rows);
    EXPECT_LT(ComputedRows(rows), rows + 32);
    if (ComputedRows(rows) != last) ++changes;
    last = ComputedRows(rows);
  }
  EXPECT_LE(changes, 32u);
}

}  // namespace
}  // namespace wordkin::contextual
