// The vectorised GloVe step against a plain one, on every instruction set.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "common/math/instruction_set.h"
#include "common/support/random.h"
#include "train/glove/glove_kernel.h"

namespace wordkin::train {
namespace {

constexpr std::size_t kRows = 20;
constexpr float kRate = 0.05f;

struct Side {
  Side(const GloveRowLayout& layout, std::size_t bias, std::size_t one, Random& random)
      : rows(kRows, layout.row_floats()), rates(1, GloveRowLayout::kLine * layout.line_count) {
    for (std::size_t row = 0; row < kRows; ++row) {
      for (std::size_t column = 0; column < layout.line_count * GloveRowLayout::kLine; ++column) {
        rows.Row(row)[GloveRowLayout::SumAt(column)] = 1 + random.NextFloat();
        if (column < layout.dimension || column == bias) {
          rows.Row(row)[GloveRowLayout::ValueAt(column)] = random.NextFloat() - 0.5f;
        }
      }
      rows.Row(row)[GloveRowLayout::ValueAt(one)] = 1;
    }
    std::fill_n(rates.data(), layout.dimension, kRate);
    rates.data()[bias] = 1;
  }

  AlignedMatrix rows;
  AlignedMatrix rates;
};

// As the original has it, bias and vector apart, in double precision.
struct PlainSide {
  PlainSide(const GloveRowLayout& layout, const Side& side, std::size_t bias_column)
      : vectors(kRows), sums(kRows), biases(kRows), bias_sums(kRows) {
    for (std::size_t row = 0; row < kRows; ++row) {
      for (std::size_t i = 0; i < layout.dimension; ++i) {
        vectors[row].push_back(side.rows.Row(row)[GloveRowLayout::ValueAt(i)]);
        sums[row].push_back(side.rows.Row(row)[GloveRowLayout::SumAt(i)]);
      }
      biases[row] = side.rows.Row(row)[GloveRowLayout::ValueAt(bias_column)];
      bias_sums[row] = side.rows.Row(row)[GloveRowLayout::SumAt(bias_column)];
    }
  }
  std::vector<std::vector<double>> vectors, sums;
  std::vector<double> biases, bias_sums;
};

double PlainStep(PlainSide& words, PlainSide& contexts, const PairRecord& record,
                 const GloveWeighting& weighting) {
  auto& w = words.vectors[record.word];
  auto& c = contexts.vectors[record.context];
  double error =
      words.biases[record.word] + contexts.biases[record.context] - std::log(double{record.count});
  for (std::size_t i = 0; i < w.size(); ++i) error += w[i] * c[i];
  const double weight =
      std::min(1.0, std::pow(double{record.count} / weighting.x_max, double{weighting.alpha}));
  const double slope = weight * error;
  for (std::size_t i = 0; i < w.size(); ++i) {
    const double word_step = kRate * slope * c[i];
    const double context_step = kRate * slope * w[i];
    w[i] -= word_step / std::sqrt(words.sums[record.word][i]);
    c[i] -= context_step / std::sqrt(contexts.sums[record.context][i]);
    words.sums[record.word][i] += word_step * word_step;
    contexts.sums[record.context][i] += context_step * context_step;
  }
  words.biases[record.word] -= slope / std::sqrt(words.bias_sums[record.word]);
  contexts.biases[record.context] -= slope / std::sqrt(contexts.bias_sums[record.context]);
  words.bias_sums[record.word] += slope * slope;
  contexts.bias_sums[record.context] += slope * slope;
  return slope * error / 2;
}

void ExpectSame(const GloveRowLayout& layout, const Side& side, const PlainSide& plain,
                std::size_t bias, std::size_t one) {
  for (std::size_t row = 0; row < kRows; ++row) {
    const auto values = side.rows.Row(row);
    for (std::size_t i = 0; i < layout.dimension; ++i) {
      ASSERT_NEAR(values[GloveRowLayout::ValueAt(i)], plain.vectors[row][i], 2e-3) << row;
      ASSERT_NEAR(values[GloveRowLayout::SumAt(i)], plain.sums[row][i], 2e-3) << row;
    }
    ASSERT_NEAR(values[GloveRowLayout::ValueAt(bias)], plain.biases[row], 2e-2);
    ASSERT_EQ(values[GloveRowLayout::ValueAt(one)], 1);
    for (std::size_t i = layout.dimension + 2; i < layout.line_count * GloveRowLayout::kLine; ++i) {
      ASSERT_EQ(values[GloveRowLayout::ValueAt(i)], 0);
    }
  }
}

TEST(GloveKernel, StepsAsPlainArithmeticDoes) {
  const std::string active = ActiveInstructionSet();
  for (const std::string& set : AvailableInstructionSets()) {
    UseInstructionSet(set);
    // Bias and 1 in one line with values, in two lines, in a line of their own.
    for (const std::size_t dimension : {1, 13, 14, 15, 16, 50, 64, 200}) {
      SCOPED_TRACE(set + ", dimension " + std::to_string(dimension));
      Random random(dimension);
      const GloveRowLayout layout(dimension);
      Side words(layout, dimension, dimension + 1, random);
      Side contexts(layout, dimension + 1, dimension, random);
      PlainSide plain_words(layout, words, dimension);
      PlainSide plain_contexts(layout, contexts, dimension + 1);
      std::vector<PairRecord> records;
      for (int i = 0; i < 300; ++i) {
        records.push_back({static_cast<std::uint16_t>(random.Below(kRows)),
                           static_cast<std::uint16_t>(random.Below(kRows)),
                           0.1f + 30 * random.NextFloat()});
      }
      const GloveWeighting weighting{10, 0.75f};
      double plain_loss = 0;
      for (const PairRecord& record : records) {
        plain_loss += PlainStep(plain_words, plain_contexts, record, weighting);
      }
      const double loss = TrainRecords(
          layout,
          {words.rows.data(), contexts.rows.data(), words.rates.data(), contexts.rates.data()},
          records, weighting);
      EXPECT_NEAR(loss / plain_loss, 1, 1e-2);
      ExpectSame(layout, words, plain_words, dimension, dimension + 1);
      ExpectSame(layout, contexts, plain_contexts, dimension + 1, dimension);
    }
  }
  UseInstructionSet(active);
}

}  // namespace
}  // namespace wordkin::train
