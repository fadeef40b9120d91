// The vectorised objectives against a plain one, on every instruction set.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "common/math/instruction_set.h"
#include "train/corpus/id_sequence.h"
#include "train/prediction/objective.h"

namespace wordkin::train {
namespace {

using Rows = std::vector<std::vector<double>>;

constexpr WordId kWordCount = 40;
constexpr float kLearningRate = 0.3f;

Vocabulary MakeVocabulary() {
  std::vector<Vocabulary::Entry> entries;
  for (WordId word = 0; word < kWordCount; ++word) {
    entries.push_back({"w" + std::to_string(word), 100 - word});
  }
  return Vocabulary(entries);
}

AlignedMatrix RandomMatrix(std::size_t dimension, std::uint64_t seed) {
  AlignedMatrix matrix(kWordCount, dimension);
  Random random(seed);
  for (std::size_t row = 0; row < kWordCount; ++row) {
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

// One centre's step: at most six output rows at a time, each tile from the values before it; of a
// row that is drawn twice in a tile the last copy stays. Gradients as in Mikolov et al., arXiv
// 1310.4546, equation 4.
void PlainStep(const std::vector<std::vector<double>*>& inputs,
               const std::vector<std::vector<double>*>& outputs) {
  const std::size_t dimension = inputs[0]->size();
  for (std::size_t begin = 0; begin < outputs.size(); begin += 6) {
    const std::size_t end = std::min(begin + 6, outputs.size());
    Rows new_inputs, new_outputs;
    for (const auto* input : inputs) new_inputs.push_back(*input);
    for (std::size_t o = begin; o < end; ++o) new_outputs.push_back(*outputs[o]);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      for (std::size_t o = begin; o < end; ++o) {
        double score = 0;
        for (std::size_t k = 0; k < dimension; ++k) score += (*inputs[i])[k] * (*outputs[o])[k];
        const double step = kLearningRate * ((o == 0 ? 1 : 0) - 1 / (1 + std::exp(-score)));
        for (std::size_t k = 0; k < dimension; ++k) {
          new_inputs[i][k] += step * (*outputs[o])[k];
          new_outputs[o - begin][k] += step * (*inputs[i])[k];
        }
      }
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) *inputs[i] = new_inputs[i];
    for (std::size_t o = begin; o < end; ++o) *outputs[o] = new_outputs[o - begin];
  }
}

struct OneCentre {
  std::vector<WordId> contexts;
  std::vector<WordId> outputs;
};

void PlainCbowStep(Rows& inputs, Rows& outputs, const OneCentre& centre, CbowGradient gradient) {
  const std::size_t dimension = inputs[0].size();
  std::vector<double> hidden(dimension);
  for (const WordId word : centre.contexts) {
    for (std::size_t k = 0; k < dimension; ++k) {
      hidden[k] += inputs[word][k] / static_cast<double>(centre.contexts.size());
    }
  }
  std::vector<double> after = hidden;
  std::vector<std::vector<double>*> output_rows;
  for (const WordId word : centre.outputs) output_rows.push_back(&outputs[word]);
  PlainStep({&after}, output_rows);
  const double share = gradient == CbowGradient::kCorrected
                           ? 1.0 / static_cast<double>(centre.contexts.size())
                           : 1.0;
  for (const WordId word : centre.contexts) {
    for (std::size_t k = 0; k < dimension; ++k) {
      inputs[word][k] += share * (after[k] - hidden[k]);
    }
  }
}

void PlainSkipGramStep(Rows& inputs, Rows& outputs, const OneCentre& centre) {
  std::vector<std::vector<double>*> input_rows, output_rows;
  for (const WordId word : centre.contexts) input_rows.push_back(&inputs[word]);
  for (const WordId word : centre.outputs) output_rows.push_back(&outputs[word]);
  PlainStep(input_rows, output_rows);
}

// The centres of a line with their draws, in the documented order: for each centre the outputs of
// the next one (the first one's before all) and the radius.
std::vector<OneCentre> ReplayDraws(const std::vector<WordId>& words, const NegativeSampler& sampler,
                                   const TrainingOptions& options, std::uint64_t seed) {
  Random random(seed);
  const auto draw_outputs = [&](WordId centre) {
    std::vector<WordId> outputs = {centre};
    for (int i = 0; i < options.negative_count; ++i) {
      outputs.push_back(sampler.DrawOther(centre, 0, random));
    }
    return outputs;
  };
  std::vector<OneCentre> centres;
  std::vector<WordId> next = draw_outputs(words[0]);
  const int count = static_cast<int>(words.size());
  for (int place = 0; place < count; ++place) {
    centres.push_back({{}, next});
    if (place + 1 < count) next = draw_outputs(words[place + 1]);
    const int radius = 1 + static_cast<int>(random.Below(options.window_radius));
    for (int other = std::max(0, place - radius); other <= std::min(count - 1, place + radius);
         ++other) {
      if (other != place) centres.back().contexts.push_back(words[other]);
    }
  }
  return centres;
}

void ExpectAgreement(const TrainingOptions& options) {
  const Vocabulary vocabulary = MakeVocabulary();
  const NegativeSampler sampler(vocabulary, 1);
  AlignedMatrix input_rows = RandomMatrix(options.dimension, 1);
  AlignedMatrix output_rows = RandomMatrix(options.dimension, 2);
  Rows plain_inputs = ToRows(input_rows);
  Rows plain_outputs = ToRows(output_rows);
  std::vector<WordId> words;  // all different
  for (WordId i = 0; i < 12; ++i) words.push_back(i * 3);

  ThreadState state;
  state.random = Random(9);
  const TrainBlock train = options.model == Model::kCbow ? CbowObjective() : SkipGramObjective();
  train({input_rows, output_rows, sampler, options}, words, kLearningRate, state);
  for (const OneCentre& centre : ReplayDraws(words, sampler, options, 9)) {
    if (options.model == Model::kCbow) {
      PlainCbowStep(plain_inputs, plain_outputs, centre, options.cbow_gradient);
    } else {
      PlainSkipGramStep(plain_inputs, plain_outputs, centre);
    }
  }
  for (WordId word = 0; word < kWordCount; ++word) {
    for (std::size_t k = 0; k < options.dimension; ++k) {
      ASSERT_NEAR(input_rows.Row(word)[k], plain_inputs[word][k], 1e-4);
      ASSERT_NEAR(output_rows.Row(word)[k], plain_outputs[word][k], 1e-4);
    }
  }
}

class TrainingKernels : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { UseInstructionSet(GetParam()); }
  void TearDown() override { UseInstructionSet(AvailableInstructionSets().front()); }
};

TEST_P(TrainingKernels, AgreeWithPlainArithmetic) {
  for (const Model model : {Model::kSkipGram, Model::kCbow}) {
    for (const CbowGradient gradient : {CbowGradient::kCorrected, CbowGradient::kOriginal}) {
      for (const std::size_t dimension : {1u, 15u, 16u, 17u, 100u, 200u}) {
        for (const int negative_count : {1, 2, 3, 4, 5, 6, 13}) {
          for (const int window_radius : {1, 2, 5}) {
            TrainingOptions options;
            options.model = model;
            options.cbow_gradient = gradient;
            options.dimension = dimension;
            options.negative_count = negative_count;
            options.window_radius = window_radius;
            SCOPED_TRACE(testing::Message()
                         << "model " << static_cast<int>(model) << " dimension " << dimension
                         << " negatives " << negative_count << " window " << window_radius);
            ExpectAgreement(options);
            if (HasFatalFailure()) return;
          }
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryInstructionSet, TrainingKernels,
                         testing::ValuesIn(AvailableInstructionSets()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace wordkin::train
