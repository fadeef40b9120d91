// Attention against a plain loop in double precision, on every instruction set and to what the
// rounding of float32 allows, and what must hold of any attention.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "contextual/encoder/attention.h"
#include "tests/property/encoder_testing.h"

namespace wordkin::contextual {
namespace {

using AttentionProperty = EncoderProperty;

// A tile as a layer has it: for each token of each sequence the queries, keys and values of all
// heads beside each other. One head of one sequence is looked at.
class AttentionCase {
 public:
  explicit AttentionCase(Random& random)
      : dimension_(RandomDimension(random)), head_count_(RandomSize(random, 3)) {
    const std::size_t sequence_count = RandomSize(random, 3);
    const std::size_t chosen = random.Below(static_cast<std::uint32_t>(sequence_count));
    for (std::size_t i = 0; i < sequence_count; ++i) {
      const std::size_t length = RandomSize(random, random.Below(4) == 0 ? 130 : 40);
      if (i == chosen) first_ = token_count_, length_ = length;
      token_count_ += length;
    }
    head_ = random.Below(static_cast<std::uint32_t>(head_count_));
    scale_ = random.Below(3) == 0 ? 1 : 1 / std::sqrt(static_cast<float>(dimension_));
    is_causal_ = random.Below(2) == 0;
    if (random.Below(2) == 0) distances_ = UniformValues(random, 2 * length_ - 1, 4);
    const float spread = Pick(random, std::vector{1e-20f, 0.1f, 1.0f, 1.0f, 4.0f, 30.0f});
    for (std::size_t token = 0; token < token_count_; ++token) {
      const std::vector<float> row = RandomRow(random, stride(), spread);
      rows_.insert(rows_.end(), row.begin(), row.end());
    }
  }

  std::size_t length() const { return length_; }
  std::size_t dimension() const { return dimension_; }
  std::size_t stride() const { return 3 * head_count_ * dimension_; }
  std::size_t output_stride() const { return head_count_ * dimension_; }
  bool is_causal() const { return is_causal_; }
  void set_is_causal(bool is_causal) { is_causal_ = is_causal; }
  std::vector<float>& distances() { return distances_; }

  float& Query(std::size_t token, std::size_t i) { return At(token, 0, i); }
  float& Key(std::size_t token, std::size_t i) { return At(token, 1, i); }
  float& Value(std::size_t token, std::size_t i) { return At(token, 2, i); }

  // Everything else than this head of this sequence.
  void FillNeighbours(float value) {
    AttentionCase empty = *this;
    std::ranges::fill(empty.rows_, value);
    for (std::size_t token = 0; token < length_; ++token) {
      for (std::size_t part = 0; part < 3; ++part) {
        for (std::size_t i = 0; i < dimension_; ++i) {
          empty.At(token, part, i) = At(token, part, i);
        }
      }
    }
    rows_ = empty.rows_;
  }

  // (length x dimension), by the kernel.
  std::vector<float> Answer() const { return Answer(length_); }
  // Of the first tokens alone.
  std::vector<float> Answer(std::size_t length) const {
    std::vector<float> context(token_count_ * output_stride(), kNotWritten);
    const std::size_t width = head_count_ * dimension_;
    const float* const query = rows_.data() + first_ * stride() + head_ * dimension_;
    const AttentionHead head = {
        .query = query,
        .key = query + width,
        .value = query + 2 * width,
        .input_stride = stride(),
        .length = length,
        .dimension = dimension_,
        .scale = scale_,
        .is_causal = is_causal_,
        .distance_bias = distances_.empty() ? nullptr : distances_.data() + length_ - 1};
    Attend(head, context.data() + first_ * width + head_ * dimension_, width);
    std::vector<float> answer;
    for (std::size_t token = 0; token < token_count_; ++token) {
      for (std::size_t column = 0; column < width; ++column) {
        const float value = context[token * width + column];
        if (token >= first_ && token < first_ + length && column / dimension_ == head_) {
          answer.push_back(value);
        } else {
          EXPECT_EQ(value, kNotWritten) << "token " << token << ", column " << column;
        }
      }
    }
    return answer;
  }

  struct Expected {
    std::vector<double> values, errors;  // (length x dimension)
    double weight_error = 0;             // the largest, as a part of the weight
  };
  // Vaswani et al., section 3.2, with what rounding each step to float32 makes of the result.
  Expected Plain() {
    Expected expected;
    for (std::size_t query = 0; query < length_; ++query) {
      const std::size_t visible = is_causal_ ? query + 1 : length_;
      std::vector<double> scores(visible);
      double score_error = 0, largest = -INFINITY;
      for (std::size_t key = 0; key < visible; ++key) {
        double magnitude = 0;
        for (std::size_t i = 0; i < dimension_; ++i) {
          const double product = double{Query(query, i)} * Key(key, i);
          scores[key] += product;
          magnitude += std::fabs(product);
        }
        scores[key] *= scale_;
        magnitude *= scale_;
        if (!distances_.empty()) {
          scores[key] += distances_[length_ - 1 + key - query];
          magnitude += std::fabs(distances_[length_ - 1 + key - query]);
        }
        score_error = std::max(score_error,
                               (static_cast<double>(dimension_) + 4) * kRoundingError * magnitude);
        largest = std::max(largest, scores[key]);
      }
      double sum = 0;
      for (double& score : scores) sum += score = std::exp(score - largest);
      // Of a weight, as a part of it: its own score, the largest one, exp and the sum.
      const double weight_error =
          std::expm1(4 * score_error) + (static_cast<double>(visible) + 60) * 2 * kRoundingError;
      expected.weight_error = std::max(expected.weight_error, weight_error);
      for (std::size_t i = 0; i < dimension_; ++i) {
        double value = 0, magnitude = 0;
        for (std::size_t key = 0; key < visible; ++key) {
          const double product = scores[key] / sum * Value(key, i);
          value += product;
          magnitude += std::fabs(product);
        }
        expected.values.push_back(value);
        // 1e-30: exp of what is far below the largest is 0.
        expected.errors.push_back(weight_error * magnitude + 1e-30);
      }
    }
    return expected;
  }

 private:
  static std::size_t RandomDimension(Random& random) {
    constexpr std::size_t kUsual[] = {8, 16, 32, 64, 128};
    return random.Below(3) == 0 ? Pick(random, kUsual) : RandomSize(random, 70);
  }

  float& At(std::size_t token, std::size_t part, std::size_t i) {
    return rows_[(first_ + token) * stride() + (part * head_count_ + head_) * dimension_ + i];
  }

  std::size_t dimension_, head_count_, head_ = 0;
  std::size_t token_count_ = 0, first_ = 0, length_ = 0;  // tokens
  float scale_ = 1;
  bool is_causal_ = false;
  std::vector<float> distances_;  // the middle one for distance 0
  std::vector<float> rows_;
};

// What 'prepare' makes of a case, whose rounding leaves most of each weight: with scores of some
// thousands any answer is within the error.
template <typename Prepare>
AttentionCase TellingCase(Random& random, const Prepare& prepare) {
  for (;;) {
    AttentionCase attention(random);
    prepare(attention);
    if (attention.Plain().weight_error <= 0.1) return attention;
  }
}

void ExpectClose(const std::vector<float>& answer, const AttentionCase::Expected& expected,
                 const AttentionCase& attention) {
  ASSERT_LE(answer.size(), expected.values.size());
  for (std::size_t i = 0; i < answer.size(); ++i) {
    ASSERT_NEAR(answer[i], expected.values[i], expected.errors[i])
        << "length " << attention.length() << ", dimension " << attention.dimension() << ", query "
        << i / attention.dimension() << ", value " << i % attention.dimension();
  }
}

TEST_F(AttentionProperty, AgreesWithDoublePrecision) {
  Repeat(100, [](Random& random) {
    AttentionCase attention = TellingCase(random, [](AttentionCase&) {});
    const AttentionCase::Expected expected = attention.Plain();
    OnEveryInstructionSet([&] { ExpectClose(attention.Answer(), expected, attention); });
  });
}

// The weights themselves stay inside: values that are all the same bring out their sum.
TEST_F(AttentionProperty, WeightsOfAQueryAddUpToOne) {
  Repeat(60, [](Random& random) {
    AttentionCase attention(random);
    for (std::size_t token = 0; token < attention.length(); ++token) {
      for (std::size_t i = 0; i < attention.dimension(); ++i) attention.Value(token, i) = 1;
    }
    OnEveryInstructionSet([&] {
      for (const float value : attention.Answer()) ASSERT_NEAR(value, 1, 2e-5);
    });
  });
}

TEST_F(AttentionProperty, AnswersLieBetweenTheValuesThatAreSeen) {
  Repeat(60, [](Random& random) {
    AttentionCase attention(random);
    OnEveryInstructionSet([&] {
      const std::vector<float> answer = attention.Answer();
      for (std::size_t i = 0; i < attention.dimension(); ++i) {
        float least = INFINITY, largest = -INFINITY;
        for (std::size_t token = 0; token < attention.length() && !attention.is_causal(); ++token) {
          least = std::min(least, attention.Value(token, i));
          largest = std::max(largest, attention.Value(token, i));
        }
        for (std::size_t token = 0; token < attention.length(); ++token) {
          least = std::min(least, attention.Value(token, i));
          largest = std::max(largest, attention.Value(token, i));
          const float error = 2e-5f * std::max(std::fabs(least), std::fabs(largest));
          ASSERT_GE(answer[token * attention.dimension() + i], least - error);
          ASSERT_LE(answer[token * attention.dimension() + i], largest + error);
        }
      }
    });
  });
}

TEST_F(AttentionProperty, DoesNotDependOnItsNeighboursInTheTile) {
  Repeat(60, [](Random& random) {
    const AttentionCase attention(random);
    AttentionCase among_others = attention;
    among_others.FillNeighbours(std::numeric_limits<float>::quiet_NaN());
    OnEveryInstructionSet([&] { ASSERT_EQ(among_others.Answer(), attention.Answer()); });
  });
}

TEST_F(AttentionProperty, OfATokenDoesNotDependOnLaterOnesWhenCausal) {
  Repeat(60, [](Random& random) {
    AttentionCase attention =
        TellingCase(random, [](AttentionCase& each) { each.set_is_causal(true); });
    const AttentionCase::Expected expected = attention.Plain();
    const std::size_t seen = RandomSize(random, static_cast<std::uint32_t>(attention.length()));
    AttentionCase changed = attention;
    for (std::size_t token = seen; token < attention.length(); ++token) {
      for (std::size_t i = 0; i < attention.dimension(); ++i) {
        changed.Query(token, i) = changed.Key(token, i) = changed.Value(token, i) = 1e6f;
      }
    }
    OnEveryInstructionSet([&] {
      std::vector<float> answer = attention.Answer(), other = changed.Answer();
      answer.resize(seen * attention.dimension());
      other.resize(answer.size());
      ASSERT_EQ(other, answer);
      ExpectClose(attention.Answer(seen), expected, attention);
    });
  });
}

TEST_F(AttentionProperty, OfTokensInAnotherOrderIsTheSame) {
  Repeat(60, [](Random& random) {
    AttentionCase attention = TellingCase(random, [](AttentionCase& each) {
      each.set_is_causal(false);
      each.distances().clear();
    });
    AttentionCase reversed = attention;
    const std::size_t length = attention.length(), dimension = attention.dimension();
    for (std::size_t token = 0; token < length; ++token) {
      for (std::size_t i = 0; i < dimension; ++i) {
        reversed.Query(token, i) = attention.Query(length - 1 - token, i);
        reversed.Key(token, i) = attention.Key(length - 1 - token, i);
        reversed.Value(token, i) = attention.Value(length - 1 - token, i);
      }
    }
    const AttentionCase::Expected expected = attention.Plain();
    OnEveryInstructionSet([&] {
      const std::vector<float> answer = reversed.Answer();
      for (std::size_t i = 0; i < answer.size(); ++i) {
        const std::size_t there = (length - 1 - i / dimension) * dimension + i % dimension;
        ASSERT_NEAR(answer[i], expected.values[there], expected.errors[there]);
      }
    });
  });
}

TEST_F(AttentionProperty, TakesNoNoticeOfWhatIsAddedToEveryScore) {
  Repeat(60, [](Random& random) {
    AttentionCase attention = TellingCase(
        random, [](AttentionCase& each) { each.distances().resize(2 * each.length() - 1); });
    const AttentionCase::Expected expected = attention.Plain();
    AttentionCase shifted = attention;
    for (float& distance : shifted.distances()) distance += 16;
    AttentionCase::Expected allowed = shifted.Plain();
    for (std::size_t i = 0; i < allowed.values.size(); ++i) {
      ASSERT_NEAR(allowed.values[i], expected.values[i], allowed.errors[i]);
    }
    OnEveryInstructionSet([&] { ExpectClose(shifted.Answer(), allowed, shifted); });
  });
}

}  // namespace
}  // namespace wordkin::contextual
