#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "common/text/subwords.h"

namespace wordkin::train {

enum class Model { kSkipGram, kCbow };

// How a word is predicted: against drawn negatives (Mikolov et al., arXiv 1310.4546, section 2.2),
// or along its path in a Huffman tree (Morin & Bengio, AISTATS 2005).
enum class Loss { kNegativeSampling, kHierarchicalSoftmax };

// CBOW's gradient for its context words: the original divides by their number on the way in only,
// the corrected one (Irsoy et al., arXiv 2012.15332) on the way back too. docs/training.md has the
// measurement that made the original the default.
enum class CbowGradient { kCorrected, kOriginal };

// How the learning rate falls from its start to a ten-thousandth of it, by the share f of the run
// that is done: 1 - f, (1 + cos(pi f)) / 2, or (1 - f)^2.
enum class Schedule { kLinear, kCosine, kQuadratic };

struct TrainingOptions {
  Model model = Model::kSkipGram;
  Loss loss = Loss::kNegativeSampling;
  std::optional<SubwordOptions> subwords;  // a word's input is the mean of its own row and n-grams'
  std::size_t dimension = 200;
  int window_radius = 5;              // contexts on either side, drawn from 1 to this
  int negative_count = 5;             // negative samples a prediction
  double negative_exponent = 0.75;    // which are drawn in proportion to count^this
  double subsample_threshold = 1e-4;  // words more frequent than this are thinned; 0: none
  int epoch_count = 5;
  float learning_rate = 0.0275f;
  Schedule schedule = Schedule::kLinear;
  CbowGradient cbow_gradient = CbowGradient::kOriginal;
  // CBOW: each place of the window has a vector of weights, learnt too, that its words' rows are
  // multiplied by (Mikolov et al., LREC 2018, section 2.2).
  bool has_position_weights = false;
  int thread_count = 1;
  bool reproducible = false;  // the same bits at any thread_count
  std::uint64_t seed = 1;
};

// The learning rate when the user names none: the field's 0.05 for CBOW and for subwords; for
// skip-gram a little above the field's 0.025, by the measurement in docs/training.md.
constexpr float DefaultLearningRate(Model model, bool has_subwords) {
  return model == Model::kCbow || has_subwords ? 0.05f : 0.0275f;
}

// The exponent when the user names none: fastText's with subwords, else word2vec's, by the
// measurement in docs/training.md.
constexpr double DefaultNegativeExponent(bool has_subwords) { return has_subwords ? 0.5 : 0.75; }

// Throws kUsage for options out of range, naming the option as the command line spells it.
void CheckTrainingOptions(const TrainingOptions& options);

}  // namespace wordkin::train
