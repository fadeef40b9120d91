// The encoder's kernels over rows against plain loops in double precision, on every instruction set
// and to what the rounding of float32 allows.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "contextual/encoder/row_kernels.h"
#include "contextual/encoding/pooling.h"
#include "tests/property/encoder_testing.h"

namespace wordkin::contextual {
namespace {

constexpr float kSpreads[] = {1e-20f, 1e-3f, 1, 1, 30, 1e5f};

using RowKernelProperty = EncoderProperty;

// Rows of different kinds and spreads behind one another.
struct RandomRows {
  std::size_t row_count;
  std::size_t dimension;
  std::vector<float> values;

  explicit RandomRows(Random& random)
      : row_count(RandomSize(random, 4)), dimension(RandomSize(random, 130)) {
    if (random.Below(8) == 0) dimension = 6 * dimension + 1;
    for (std::size_t row = 0; row < row_count; ++row) {
      const std::vector<float> next = RandomRow(random, dimension, Pick(random, kSpreads));
      values.insert(values.end(), next.begin(), next.end());
    }
  }

  std::span<const float> Row(std::size_t row) const {
    return std::span(values).subspan(row * dimension, dimension);
  }
};

struct Moments {
  double mean = 0;
  double variance = 0;
  double mean_square() const { return variance + mean * mean; }
};

Moments MomentsOf(std::span<const float> values) {
  const auto count = static_cast<double>(values.size());
  Moments moments;
  for (const float value : values) moments.mean += value / count;
  for (const float value : values) {
    moments.variance += (value - moments.mean) * (value - moments.mean) / count;
  }
  return moments;
}

// The error of 'normalized' = (x - mean) / sqrt(variance + epsilon). A rounded mean moves all
// values alike, by 'shift' deviations, and the deviation by as much at most; what remains is a
// sum's rounding. Where the shift is about as large as the deviation, only the range is known.
double NormError(std::size_t dimension, double shift, double normalized) {
  const auto count = static_cast<double>(dimension);
  if (shift > 0.25) return 1.01 * std::sqrt(count) + std::fabs(normalized);
  return (2 + 2 * std::fabs(normalized)) * shift +
         (count + 8) * kRoundingError * std::fabs(normalized);
}

TEST_F(RowKernelProperty, LayerNormAgreesWithDoublePrecision) {
  Repeat(150, [](Random& random) {
    const RandomRows rows(random);
    const std::size_t dimension = rows.dimension;
    const std::vector<float> gain = UniformValues(random, dimension, 2);
    const std::vector<float> bias = UniformValues(random, dimension, 1);
    const float epsilon = Pick(random, std::vector{1e-12f, 1e-5f, 0.1f});
    const bool in_place = random.Below(2) == 0;
    OnEveryInstructionSet([&] {
      std::vector<float> output = rows.values;
      output.push_back(kNotWritten);
      NormalizeLayer(in_place ? output.data() : rows.values.data(), rows.row_count, dimension,
                     gain.data(), bias.data(), epsilon, output.data());
      ASSERT_EQ(output.back(), kNotWritten);
      for (std::size_t row = 0; row < rows.row_count; ++row) {
        const Moments moments = MomentsOf(rows.Row(row));
        const double deviation = std::sqrt(moments.variance + double{epsilon});
        const double shift = (static_cast<double>(dimension) + 4) * kRoundingError *
                             LargestMagnitude(rows.Row(row)) / deviation;
        for (std::size_t i = 0; i < dimension; ++i) {
          const double normalized = (rows.Row(row)[i] - moments.mean) / deviation;
          const double error = std::fabs(gain[i]) * NormError(dimension, shift, normalized);
          ASSERT_NEAR(output[row * dimension + i], normalized * gain[i] + bias[i],
                      error + 3 * kRoundingError * (std::fabs(normalized * gain[i]) + 1))
              << "dimension " << dimension << ", row " << row << ", value " << i;
        }
      }
    });
  });
}

TEST_F(RowKernelProperty, LayerNormGivesMeanZeroAndVarianceOne) {
  Repeat(100, [](Random& random) {
    const std::size_t dimension = 2 + random.Below(400);
    const float spread = Pick(random, std::vector{1e-3f, 1.0f, 30.0f, 1e5f});
    std::vector<float> row = UniformValues(random, dimension, spread);
    row[0] = spread;  // two values that differ
    row[1] = -spread;
    const std::vector<float> ones(dimension, 1), zeros(dimension);
    OnEveryInstructionSet([&] {
      std::vector<float> output(dimension);
      NormalizeLayer(row.data(), 1, dimension, ones.data(), zeros.data(), 1e-12f, output.data());
      EXPECT_NEAR(MomentsOf(output).mean, 0, 1e-4) << dimension;
      EXPECT_NEAR(MomentsOf(output).variance, 1, 1e-4) << dimension;
    });
  });
}

TEST_F(RowKernelProperty, RootMeanSquareNormAgreesWithDoublePrecision) {
  Repeat(150, [](Random& random) {
    const RandomRows rows(random);
    const std::size_t dimension = rows.dimension;
    const std::vector<float> gain = UniformValues(random, dimension, 2);
    const float epsilon = Pick(random, std::vector{1e-12f, 1e-6f, 0.1f});
    const bool in_place = random.Below(2) == 0;
    OnEveryInstructionSet([&] {
      std::vector<float> output = rows.values;
      output.push_back(kNotWritten);
      NormalizeRootMeanSquare(in_place ? output.data() : rows.values.data(), rows.row_count,
                              dimension, gain.data(), epsilon, output.data());
      ASSERT_EQ(output.back(), kNotWritten);
      for (std::size_t row = 0; row < rows.row_count; ++row) {
        const double divisor = std::sqrt(MomentsOf(rows.Row(row)).mean_square() + double{epsilon});
        for (std::size_t i = 0; i < dimension; ++i) {
          const double expected = rows.Row(row)[i] / divisor * gain[i];
          ASSERT_NEAR(output[row * dimension + i], expected,
                      (static_cast<double>(dimension) + 8) * kRoundingError * std::fabs(expected))
              << "dimension " << dimension << ", row " << row << ", value " << i;
        }
      }
    });
  });
}

TEST_F(RowKernelProperty, RootMeanSquareNormGivesMeanSquareOne) {
  Repeat(100, [](Random& random) {
    const std::size_t dimension = RandomSize(random, 400);
    std::vector<float> row =
        UniformValues(random, dimension, Pick(random, std::vector{1e-3f, 1.0f, 1e5f}));
    row[0] += 1;
    const std::vector<float> ones(dimension, 1);
    OnEveryInstructionSet([&] {
      std::vector<float> output(dimension);
      NormalizeRootMeanSquare(row.data(), 1, dimension, ones.data(), 1e-12f, output.data());
      EXPECT_NEAR(MomentsOf(output).mean_square(), 1, 1e-4) << dimension;
    });
  });
}

double PlainActivation(Activation activation, double x) {
  switch (activation) {
    case Activation::kGelu:
      return 0.5 * x * std::erfc(-x * std::sqrt(0.5));
    case Activation::kGeluTanh:
      // 1 + tanh(u) = 2 / (1 + exp(-2u)), which loses no digits where tanh is near to -1.
      return x / (1 + std::exp(-2 * std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
    case Activation::kRelu:
      return std::max(x, 0.0);
  }
  return 0;
}

// Of every magnitude from 1e-12 to 1e12, most of them where the functions bend.
std::vector<float> ActivationInputs(Random& random, std::size_t count) {
  std::vector<float> values = UniformValues(random, count, 6);
  for (float& value : values) {
    if (random.Below(4) == 0) value *= std::pow(10.0f, 12 * RandomSign(random));
  }
  return values;
}

TEST_F(RowKernelProperty, ActivationsAgreeWithDoublePrecision) {
  constexpr Activation kAll[] = {Activation::kGelu, Activation::kGeluTanh, Activation::kRelu};
  Repeat(150, [&](Random& random) {
    const std::size_t count = random.Below(131), offset = random.Below(16);
    const std::vector<float> before = ActivationInputs(random, offset + count + 1);
    const Activation activation = Pick(random, kAll);
    OnEveryInstructionSet([&] {
      std::vector<float> values = before;
      Activate(activation, values.data() + offset, count);
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (i < offset || i == offset + count) {
          ASSERT_EQ(values[i], before[i]) << "outside of the values";
          continue;
        }
        const double x = before[i];
        // Below -6 both gelus are nothing, but x times a rounding error may be left.
        const double error =
            activation == Activation::kRelu ? 0 : 4e-7 * std::max(x, std::min(-x, 6.0));
        ASSERT_NEAR(values[i], PlainActivation(activation, x), error) << "at " << x;
      }
    });
  });
}

// x Phi(x) + x Phi(-x) = x
TEST_F(RowKernelProperty, GelusOfOppositesDifferByTheValue) {
  Repeat(50, [](Random& random) {
    const std::vector<float> x = ActivationInputs(random, RandomSize(random, 130));
    const Activation activation = random.Below(2) == 0 ? Activation::kGelu : Activation::kGeluTanh;
    OnEveryInstructionSet([&] {
      std::vector<float> positive = x, negative = x;
      for (float& value : negative) value = -value;
      Activate(activation, positive.data(), x.size());
      Activate(activation, negative.data(), x.size());
      for (std::size_t i = 0; i < x.size(); ++i) {
        ASSERT_NEAR(double{positive[i]} - negative[i], x[i], 1e-6 * std::fabs(x[i]));
      }
    });
  });
}

TEST_F(RowKernelProperty, MultiplyingByFactorsIsExact) {
  Repeat(50, [](Random& random) {
    const RandomRows rows(random);
    const std::vector<float> factors =
        RandomRow(random, rows.values.size(), Pick(random, kSpreads));
    OnEveryInstructionSet([&] {
      std::vector<float> values = rows.values;
      values.push_back(kNotWritten);
      MultiplyBy(values.data(), factors.data(), factors.size());
      for (std::size_t i = 0; i < factors.size(); ++i) {
        ASSERT_EQ(values[i], rows.values[i] * factors[i]);
      }
      ASSERT_EQ(values.back(), kNotWritten);
    });
  });
}

TEST_F(RowKernelProperty, QuantizedRowsAreTheNearestBytes) {
  Repeat(150, [](Random& random) {
    const RandomRows rows(random);
    const std::size_t dimension = rows.dimension;
    OnEveryInstructionSet([&] {
      std::vector<std::uint8_t> bytes(rows.values.size() + 1, 77);
      std::vector<RowScale> scales(rows.row_count);
      QuantizeRows(rows.values.data(), rows.row_count, dimension, bytes.data(), scales.data());
      ASSERT_EQ(bytes.back(), 77);
      for (std::size_t row = 0; row < rows.row_count; ++row) {
        const auto [least, largest] = std::ranges::minmax(rows.Row(row));
        const double range = std::max(largest, 0.0f) - double{std::min(least, 0.0f)};
        const auto [scale, zero] = scales[row];
        ASSERT_NEAR(scale, std::max(range / 255, 1e-30), 1e-6 * scale);
        ASSERT_NEAR(zero, -std::min(least, 0.0f) / scale, 0.501);
        for (std::size_t i = 0; i < dimension; ++i) {
          const double exact = rows.Row(row)[i] / double{scale} + zero;
          ASSERT_NEAR(bytes[row * dimension + i], std::clamp(exact, 0.0, 255.0), 0.501)
              << "dimension " << dimension << ", row " << row << ", value " << i;
          // Zeros, as a ReLU leaves many, cost nothing.
          if (rows.Row(row)[i] == 0) {
            ASSERT_EQ(bytes[row * dimension + i], zero);
          }
        }
      }
    });
  });
}

TEST_F(RowKernelProperty, QuantizedWeightsAreTheNearestBytes) {
  Repeat(150, [](Random& random) {
    const RandomRows rows(random);
    const std::size_t dimension = rows.dimension;
    const float limit = Pick(random, std::vector{127.0f, 63.0f});
    OnEveryInstructionSet([&] {
      std::vector<std::int8_t> bytes(rows.values.size() + 1, 77);
      std::vector<float> scales(rows.row_count);
      std::vector<std::int32_t> sums(rows.row_count);
      QuantizeWeights(rows.values.data(), rows.row_count, dimension, limit, bytes.data(),
                      scales.data(), sums.data());
      ASSERT_EQ(bytes.back(), 77);
      for (std::size_t row = 0; row < rows.row_count; ++row) {
        const double scale = scales[row];
        ASSERT_NEAR(scale, std::max(LargestMagnitude(rows.Row(row)) / limit, 1e-30), 1e-6 * scale);
        std::int32_t sum = 0;
        for (std::size_t i = 0; i < dimension; ++i) {
          const std::int8_t byte = bytes[row * dimension + i];
          ASSERT_NEAR(byte, rows.Row(row)[i] / scale, 0.501)
              << "dimension " << dimension << ", row " << row << ", value " << i;
          ASSERT_LE(std::abs(byte), limit);
          sum += byte;
        }
        ASSERT_EQ(sums[row], sum);
      }
    });
  });
}

TEST_F(RowKernelProperty, DequantizedProductsAgreeWithDoublePrecision) {
  Repeat(100, [](Random& random) {
    const std::size_t row_count = RandomSize(random, 4), dimension = RandomSize(random, 130);
    std::vector<std::int32_t> products(row_count * dimension), sums(dimension);
    for (std::int32_t& product : products) {
      product = static_cast<std::int32_t>(random.Below(60'000'000)) - 30'000'000;
    }
    for (std::int32_t& sum : sums) sum = static_cast<std::int32_t>(random.Below(200'001)) - 100'000;
    std::vector<RowScale> scales(row_count);
    for (RowScale& scale : scales) {
      scale = {random.NextFloat(), static_cast<std::int32_t>(random.Below(256))};
    }
    const std::vector<float> column_scales = UniformValues(random, dimension, 1e-5f);
    const std::vector<float> bias = UniformValues(random, dimension, 3);
    const std::vector<float> before = UniformValues(random, row_count * dimension, 3);
    const bool has_bias = random.Below(2) == 0, adds = random.Below(2) == 0;
    OnEveryInstructionSet([&] {
      std::vector<float> output = before;
      output.push_back(kNotWritten);
      DequantizeProducts(products.data(), row_count, dimension, scales.data(),
                         {column_scales.data(), sums.data(), has_bias ? bias.data() : nullptr},
                         adds, output.data());
      ASSERT_EQ(output.back(), kNotWritten);
      for (std::size_t i = 0; i < products.size(); ++i) {
        const RowScale& row = scales[i / dimension];
        const std::size_t column = i % dimension;
        const double product =
            (products[i] - double(row.zero) * sums[column]) * row.scale * column_scales[column];
        const double base = (has_bias ? bias[column] : 0.0) + (adds ? before[i] : 0.0);
        ASSERT_NEAR(output[i], product + base, 6 * kRoundingError * (std::fabs(product) + 6));
      }
    });
  });
}

TEST_F(RowKernelProperty, PooledVectorsAreMeansFirstsAndLargest) {
  Repeat(100, [](Random& random) {
    const std::size_t count = RandomSize(random, 130), dimension = RandomSize(random, 130);
    const std::vector<float> states =
        RandomRow(random, count * dimension, Pick(random, std::vector{1e-20f, 1.0f, 1e36f}));
    OnEveryInstructionSet([&] {
      std::vector<float> mean(dimension, NAN), first(dimension, NAN), most(dimension, NAN),
          all(states.size(), NAN);
      Pool(Pooling::kMean, states, dimension, mean);
      Pool(Pooling::kCls, states, dimension, first);
      Pool(Pooling::kMax, states, dimension, most);
      Pool(Pooling::kNone, states, dimension, all);
      EXPECT_EQ(all, states);
      for (std::size_t i = 0; i < dimension; ++i) {
        double sum = 0, magnitudes = 0;
        float least = INFINITY, largest = -INFINITY;
        for (std::size_t row = 0; row < count; ++row) {
          const float value = states[row * dimension + i];
          sum += value;
          magnitudes += std::fabs(double{value});
          least = std::min(least, value);
          largest = std::max(largest, value);
        }
        const auto rows = static_cast<double>(count);
        const double error = (rows + 2) * kRoundingError * magnitudes / rows;
        ASSERT_NEAR(mean[i], sum / rows, error) << count << " rows of " << dimension;
        ASSERT_GE(mean[i], least - error);
        ASSERT_LE(mean[i], largest + error);
        ASSERT_EQ(first[i], states[i]);
        ASSERT_EQ(most[i], largest);
      }
    });
  });
}

}  // namespace
}  // namespace wordkin::contextual
