#include "contextual/encoder/attention.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "common/math/instruction_set.h"
#include "tests/unit/contextual/encoder/random_values.h"

namespace wordkin::contextual {
namespace {

// Section 3.2 of the paper, word by word.
std::vector<double> PlainAttention(const AttentionHead& head) {
  std::vector<double> output(head.length * head.dimension);
  for (std::size_t query = 0; query < head.length; ++query) {
    const std::size_t visible = head.is_causal ? query + 1 : head.length;
    std::vector<double> weights(visible);
    double sum = 0;
    for (std::size_t key = 0; key < visible; ++key) {
      double score = 0;
      for (std::size_t i = 0; i < head.dimension; ++i) {
        score += double{head.query[query * head.input_stride + i]} *
                 head.key[key * head.input_stride + i];
      }
      score *= head.scale;
      if (head.distance_bias != nullptr) {
        score += head.distance_bias[static_cast<std::ptrdiff_t>(key) -
                                    static_cast<std::ptrdiff_t>(query)];
      }
      weights[key] = std::exp(score);
      sum += weights[key];
    }
    for (std::size_t key = 0; key < visible; ++key) {
      for (std::size_t i = 0; i < head.dimension; ++i) {
        output[query * head.dimension + i] +=
            weights[key] / sum * head.value[key * head.input_stride + i];
      }
    }
  }
  return output;
}

class Attention : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { UseInstructionSet(GetParam()); }
  void TearDown() override { UseInstructionSet(AvailableInstructionSets().front()); }

  // Rows of query, key and value beside each other, as a layer has them, with a gap.
  static AttentionHead Head(const std::vector<float>& rows, std::size_t length,
                            std::size_t dimension) {
    return {.query = rows.data(),
            .key = rows.data() + dimension,
            .value = rows.data() + 2 * dimension,
            .input_stride = 3 * dimension + 5,
            .length = length,
            .dimension = dimension,
            .scale = 1 / std::sqrt(static_cast<float>(dimension)),
            .is_causal = false};
  }

  static std::vector<float> Rows(std::size_t length, std::size_t dimension, float spread = 2) {
    return RandomValues(length * (3 * dimension + 5), length + 100 * dimension, spread);
  }

  static void ExpectPlain(const AttentionHead& head, const std::string& what) {
    const std::size_t stride = head.dimension + 3;
    std::vector<float> output(head.length * stride, kUntouched);
    Attend(head, output.data(), stride);
    const std::vector<double> expected = PlainAttention(head);
    for (std::size_t row = 0; row < head.length; ++row) {
      for (std::size_t i = 0; i < stride; ++i) {
        if (i < head.dimension) {
          ASSERT_NEAR(output[row * stride + i], expected[row * head.dimension + i], 1e-5)
              << what << ": length " << head.length << ", dimension " << head.dimension << ", row "
              << row << ", value " << i;
        } else {
          ASSERT_EQ(output[row * stride + i], kUntouched) << "a gap was written";
        }
      }
    }
  }
};

TEST_P(Attention, AgreesWithAPlainLoopAtEveryLength) {
  for (const std::size_t dimension : {1u, 3u, 8u, 12u, 20u, 32u, 64u}) {
    for (std::size_t length = 1; length <= 70; ++length) {
      const std::vector<float> rows = Rows(length, dimension);
      AttentionHead head = Head(rows, length, dimension);
      ExpectPlain(head, "plain");
      head.is_causal = true;
      ExpectPlain(head, "causal");
      const std::vector<float> bias = RandomValues(2 * length - 1, 7, 3);
      head.distance_bias = bias.data() + length - 1;
      ExpectPlain(head, "causal with bias");
      head.is_causal = false;
      ExpectPlain(head, "with bias");
      if (HasFatalFailure()) return;
    }
  }
}

TEST_P(Attention, TakesLongSequences) {
  const std::vector<float> rows = Rows(515, 16);
  AttentionHead head = Head(rows, 515, 16);
  ExpectPlain(head, "plain");
  head.is_causal = true;
  ExpectPlain(head, "causal");
}

// exp of these scores would be infinite.
TEST_P(Attention, TakesLargeScores) {
  const std::vector<float> rows = Rows(9, 8, 60);
  const AttentionHead head = Head(rows, 9, 8);
  std::vector<float> output(9 * 8);
  Attend(head, output.data(), 8);
  for (std::size_t query = 0; query < 9; ++query) {
    std::size_t best = 0;
    double largest = -1e30, second = -1e30;
    for (std::size_t key = 0; key < 9; ++key) {
      double score = 0;
      for (std::size_t i = 0; i < 8; ++i) {
        score += double{head.scale} * head.query[query * head.input_stride + i] *
                 head.key[key * head.input_stride + i];
      }
      if (score > largest) {
        second = largest;
        largest = score;
        best = key;
      } else {
        second = std::max(second, score);
      }
    }
    if (largest - second < 30) continue;
    for (std::size_t i = 0; i < 8; ++i) {
      EXPECT_NEAR(output[query * 8 + i], head.value[best * head.input_stride + i], 1e-3);
    }
  }
}

// What an earlier, longer sequence left in the scratch memory must not be seen.
TEST_P(Attention, ForgetsTheSequenceBefore) {
  const std::vector<float> nan(64 * (3 * 32 + 5), NAN);
  std::vector<float> ignored(64 * 32);
  for (const std::size_t length : {1u, 2u, 5u, 17u, 33u}) {
    Attend(Head(nan, 64, 32), ignored.data(), 32);
    for (const std::size_t dimension : {3u, 12u, 32u}) {
      const std::vector<float> rows = Rows(length, dimension);
      ExpectPlain(Head(rows, length, dimension), "after NaN");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryInstructionSet, Attention,
                         testing::ValuesIn(AvailableInstructionSets()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace wordkin::contextual
