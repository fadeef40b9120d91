#pragma once

#include <cstddef>
#include <cstdint>

namespace wordkin::train {

enum class Model { kSkipGram, kCbow };

// CBOW's gradient for its context words: the original divides by their number on the way in only,
// the corrected one (Irsoy et al., arXiv 2012.15332) on the way back too. docs/training.md has the
// measurement that made the original the default.
enum class CbowGradient { kCorrected, kOriginal };

struct TrainingOptions {
  Model model = Model::kSkipGram;
  std::size_t dimension = 200;
  int window_radius = 5;              // contexts on either side, drawn from 1 to this
  int negative_count = 5;             // negative samples a centre word
  double subsample_threshold = 1e-4;  // words more frequent than this are thinned; 0: none
  int epoch_count = 5;
  float learning_rate = 0.0275f;  // falls linearly to a ten-thousandth of itself
  CbowGradient cbow_gradient = CbowGradient::kOriginal;
  int thread_count = 1;
  std::uint64_t seed = 1;
};

// The learning rate when the user names none: the field's 0.05 for CBOW; for skip-gram a little
// above the field's 0.025, by the measurement in docs/training.md.
constexpr float DefaultLearningRate(Model model) { return model == Model::kCbow ? 0.05f : 0.0275f; }

// Throws kUsage for options out of range, naming the option as the command line spells it.
void CheckTrainingOptions(const TrainingOptions& options);

}  // namespace wordkin::train
