// The vectorised training steps against plain ones, on every instruction set.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "common/math/instruction_set.h"
#include "common/support/random.h"
#include "train/prediction/draft_training.h"
#include "train/prediction/row_merging.h"

namespace wordkin::train {
namespace {

using Rows = std::vector<std::vector<double>>;

constexpr RowId kRowCount = 60;
constexpr float kLearningRate = 0.3f;

AlignedMatrix RandomMatrix(std::size_t dimension, std::uint64_t seed) {
  AlignedMatrix matrix(kRowCount, dimension);
  Random random(seed);
  for (std::size_t row = 0; row < kRowCount; ++row) {
    for (float& value : matrix.Row(row)) value = random.NextFloat() - 0.5f;
  }
  return matrix;
}

Rows ToRows(const AlignedMatrix& matrix) {
  Rows rows;
  for (std::size_t row = 0; row < matrix.row_count(); ++row) {
    rows.emplace_back(matrix.Row(row).begin(), matrix.Row(row).end());
  }
  return rows;
}

struct Sizes {
  std::size_t dimension;
  std::size_t most_inputs;
  std::size_t groups;   // a step
  std::size_t outputs;  // a group
};

// Steps of random rows, all rows of a list different, as most are.
Draft RandomDraft(const Sizes& sizes, Random& random) {
  const auto append = [&random](std::size_t count, std::vector<RowId>& rows) {
    const std::size_t begin = rows.size();
    while (rows.size() < begin + count) {
      const RowId row = random.Below(kRowCount);
      if (std::find(rows.begin() + begin, rows.end(), row) == rows.end()) rows.push_back(row);
    }
  };
  Draft draft;
  for (int step = 0; step < 4; ++step) {
    append(1 + random.Below(static_cast<std::uint32_t>(sizes.most_inputs)), draft.inputs);
    append(random.Below(3), draft.incoming);
    std::vector<RowId> outputs;
    append(sizes.groups * sizes.outputs, outputs);
    for (std::size_t group = 0; group < sizes.groups; ++group) {
      draft.outputs.insert(draft.outputs.end(), outputs.begin() + group * sizes.outputs,
                           outputs.begin() + (group + 1) * sizes.outputs);
      while (draft.is_positive.size() < draft.outputs.size()) {
        draft.is_positive.push_back(random.Below(2) == 0 ? 1 : 0);
      }
      draft.EndGroup();
    }
    draft.EndStep(true);
  }
  return draft;
}

DraftRows PointTo(const Draft& draft, AlignedMatrix& inputs, AlignedMatrix& outputs,
                  AlignedMatrix& weights) {
  DraftRows rows;
  for (const RowId id : draft.inputs) rows.inputs.push_back(inputs.Row(id).data());
  for (const RowId id : draft.weights) rows.weights.push_back(weights.Row(id).data());
  for (const RowId id : draft.incoming) rows.incoming.push_back(inputs.Row(id).data());
  for (const RowId id : draft.outputs) rows.outputs.push_back(outputs.Row(id).data());
  return rows;
}

struct PlainPrediction {
  std::vector<std::vector<double>*> inputs;
  std::vector<std::vector<double>*> outputs;
  std::vector<std::uint8_t> is_positive;
};

// Six output rows at a time, or 'tile' where there are as many; each tile from the values before
// it. Gradients as in Mikolov et al., arXiv 1310.4546, equation 4. Returns the loss.
double PlainStep(const PlainPrediction& prediction, std::size_t tile) {
  const auto& [inputs, outputs, is_positive] = prediction;
  double loss = 0;
  std::size_t end = 0;
  for (std::size_t begin = 0; begin < outputs.size(); begin = end) {
    const std::size_t left = outputs.size() - begin;
    end = begin + (left >= tile ? tile : std::min<std::size_t>(6, left));
    Rows new_inputs, new_outputs;
    for (const auto* input : inputs) new_inputs.push_back(*input);
    for (std::size_t o = begin; o < end; ++o) new_outputs.push_back(*outputs[o]);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      for (std::size_t o = begin; o < end; ++o) {
        double score = 0;
        for (std::size_t k = 0; k < inputs[i]->size(); ++k) {
          score += (*inputs[i])[k] * (*outputs[o])[k];
        }
        loss -= std::log(1 / (1 + std::exp(is_positive[o] ? -score : score)));
        const double step = kLearningRate * (is_positive[o] - 1 / (1 + std::exp(-score)));
        for (std::size_t k = 0; k < inputs[i]->size(); ++k) {
          new_inputs[i][k] += step * (*outputs[o])[k];
          new_outputs[o - begin][k] += step * (*inputs[i])[k];
        }
      }
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) *inputs[i] = new_inputs[i];
    for (std::size_t o = begin; o < end; ++o) *outputs[o] = new_outputs[o - begin];
  }
  return loss;
}

// Goes over the groups of each step of a draft.
class PlainTraining {
 public:
  PlainTraining(const Draft& draft, Rows& inputs, Rows& outputs)
      : draft_(draft), inputs_(inputs), outputs_(outputs) {}

  double TrainPairs() {
    return ForEachStep(
        [&](const auto& inputs, double& loss) { loss += TrainGroups(1, inputs, 6); });
  }

  double TrainHiddenLayer(const StepOptions& options) {
    return ForEachStep([&](const auto& inputs, double& loss) {
      std::vector<double> before(inputs[0]->size());
      for (const auto* input : inputs) {
        for (std::size_t k = 0; k < before.size(); ++k) {
          before[k] += (*input)[k] / static_cast<double>(inputs.size());
        }
      }
      std::vector<double> hidden = before;
      while (group_ < groups_end_) {
        loss += TrainGroups(options.predictions_at_once, {&hidden}, 12);
      }
      const double share =
          options.divides_gradient ? 1.0 / static_cast<double>(inputs.size()) : 1.0;
      for (auto* input : inputs) {
        for (std::size_t k = 0; k < before.size(); ++k) {
          (*input)[k] += share * (hidden[k] - before[k]);
        }
      }
    });
  }

 private:
  template <class Train>
  double ForEachStep(const Train& train) {
    double loss = 0;
    std::size_t input = 0;
    for (const Draft::Step& step : draft_.steps) {
      std::vector<std::vector<double>*> inputs;
      for (; input < step.inputs_end; ++input) inputs.push_back(&inputs_[draft_.inputs[input]]);
      groups_end_ = step.groups_end;
      train(inputs, loss);
    }
    return loss;
  }

  // 'count' groups of the step, or those left, as if they were one.
  double TrainGroups(std::size_t count, const std::vector<std::vector<double>*>& inputs,
                     std::size_t tile) {
    PlainPrediction prediction{inputs, {}, {}};
    for (; count > 0 && group_ < groups_end_; --count, ++group_) {
      for (; output_ < draft_.group_ends[group_]; ++output_) {
        prediction.outputs.push_back(&outputs_[draft_.outputs[output_]]);
        prediction.is_positive.push_back(draft_.is_positive[output_]);
      }
    }
    return PlainStep(prediction, tile);
  }

  const Draft& draft_;
  Rows& inputs_;
  Rows& outputs_;
  std::size_t group_ = 0, groups_end_ = 0, output_ = 0;
};

void ExpectNear(const AlignedMatrix& matrix, const Rows& plain) {
  for (std::size_t row = 0; row < kRowCount; ++row) {
    for (std::size_t k = 0; k < matrix.dimension(); ++k) {
      ASSERT_NEAR(matrix.Row(row)[k], plain[row][k], 2e-4) << "row " << row << " column " << k;
    }
  }
}

void ExpectAgreement(const Sizes& sizes, bool has_hidden_layer, bool divides_gradient,
                     std::size_t predictions_at_once = 1) {
  Random random(sizes.dimension * 100 + sizes.outputs);
  const Draft draft = RandomDraft(sizes, random);
  AlignedMatrix inputs = RandomMatrix(sizes.dimension, 1);
  AlignedMatrix outputs = RandomMatrix(sizes.dimension, 2);
  AlignedMatrix weights;
  Rows plain_inputs = ToRows(inputs);
  Rows plain_outputs = ToRows(outputs);
  PlainTraining plain(draft, plain_inputs, plain_outputs);
  TrainingScratch scratch;
  LossSample loss;
  double plain_loss = 0;
  const StepOptions options = {sizes.dimension, kLearningRate, divides_gradient,
                               predictions_at_once};
  if (has_hidden_layer) {
    TrainHiddenLayer(draft, PointTo(draft, inputs, outputs, weights), options, scratch, loss);
    plain_loss = plain.TrainHiddenLayer(options);
    EXPECT_EQ(loss.pair_count, draft.group_ends.size());
  } else {
    TrainPairs(draft, PointTo(draft, inputs, outputs, weights), options, scratch, loss);
    plain_loss = plain.TrainPairs();
    EXPECT_EQ(loss.pair_count, draft.inputs.size());
  }
  EXPECT_NEAR(loss.sum, plain_loss, 1e-3 * plain_loss);
  ExpectNear(inputs, plain_inputs);
  ExpectNear(outputs, plain_outputs);
}

class TrainingKernels : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { UseInstructionSet(GetParam()); }
  void TearDown() override { UseInstructionSet(AvailableInstructionSets().front()); }
};

TEST_P(TrainingKernels, AgreeWithPlainArithmetic) {
  for (const std::size_t dimension : {1u, 15u, 16u, 17u, 100u, 200u}) {
    for (const std::size_t output_count : {1u, 2u, 3u, 4u, 5u, 6u, 7u, 13u, 19u}) {
      for (const std::size_t most_inputs : {1u, 4u, 10u, 25u}) {
        SCOPED_TRACE(testing::Message() << "dimension " << dimension << " outputs " << output_count
                                        << " inputs " << most_inputs);
        ExpectAgreement({dimension, most_inputs, 1, output_count}, false, false);
        ExpectAgreement({dimension, most_inputs, 1, output_count}, true, false);
        ExpectAgreement({dimension, most_inputs, 3, output_count}, true, true);
        ExpectAgreement({dimension, most_inputs, 3, output_count}, true, false, 2);
        if (HasFatalFailure()) return;
      }
    }
  }
}

// One step, one group of one output, by hand.
TEST_P(TrainingKernels, MultiplyInputsByWeightsAndTrainBoth) {
  for (const std::size_t dimension : {1u, 16u, 33u, 200u}) {
    AlignedMatrix inputs = RandomMatrix(dimension, 1);
    AlignedMatrix outputs = RandomMatrix(dimension, 2);
    AlignedMatrix weights = RandomMatrix(dimension, 3);
    const Rows u = ToRows(inputs), v = ToRows(outputs), d = ToRows(weights);
    Draft draft;
    draft.inputs = {4, 5, 6};
    draft.weights = {0, 1, 2};
    draft.outputs = {7};
    draft.is_positive = {1};
    draft.EndGroup();
    draft.EndStep(false);
    TrainingScratch scratch;
    LossSample loss;
    TrainWeightedLayer(draft, PointTo(draft, inputs, outputs, weights),
                       {dimension, kLearningRate, false, 1}, scratch, loss);
    std::vector<double> hidden(dimension);
    double score = 0;
    for (std::size_t k = 0; k < dimension; ++k) {
      for (int i = 0; i < 3; ++i) hidden[k] += u[4 + i][k] * d[i][k] / 3;
      score += hidden[k] * v[7][k];
    }
    const double step = kLearningRate * (1 - 1 / (1 + std::exp(-score)));
    for (std::size_t k = 0; k < dimension; ++k) {
      EXPECT_NEAR(outputs.Row(7)[k], v[7][k] + step * hidden[k], 1e-5);
      for (int i = 0; i < 3; ++i) {
        EXPECT_NEAR(inputs.Row(4 + i)[k], u[4 + i][k] + step * v[7][k] * d[i][k], 1e-5);
        EXPECT_NEAR(weights.Row(i)[k], d[i][k] + step * v[7][k] * u[4 + i][k] / 3, 1e-5);
      }
    }
  }
}

TEST_P(TrainingKernels, AddAShareOfTheChangesOfAllCopiesToARow) {
  constexpr std::size_t kDimension = 37;
  AlignedMatrix rows = RandomMatrix(kDimension, 3);
  const Rows before = ToRows(rows);
  const std::vector<const float*> copies = {rows.Row(1).data(), rows.Row(2).data(),
                                            rows.Row(3).data()};
  MergeCopies(rows.Row(0).data(), copies, rows.stride(), 0.5f);
  for (std::size_t k = 0; k < kDimension; ++k) {
    const double change = before[1][k] + before[2][k] + before[3][k] - 3 * before[0][k];
    EXPECT_NEAR(rows.Row(0)[k], before[0][k] + change / 2, 1e-5);
    EXPECT_EQ(rows.Row(1)[k], static_cast<float>(before[1][k]));
  }
}

INSTANTIATE_TEST_SUITE_P(EveryInstructionSet, TrainingKernels,
                         testing::ValuesIn(AvailableInstructionSets()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace wordkin::train
