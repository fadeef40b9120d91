#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "common/support/random.h"
#include "train/prediction/negative_sampler.h"
#include "train/prediction/training_options.h"

namespace wordkin::train {

// What all threads of a run share. The matrices are updated without locks (Hogwild: Recht et al.,
// NIPS 2011): lost updates are rare and harmless, locks are neither.
struct SharedModel {
  AlignedMatrix& input_rows;   // (vocabulary x dimension), the vectors that are kept
  AlignedMatrix& output_rows;  // (vocabulary x dimension), the words as predictions
  const NegativeSampler& sampler;
  const TrainingOptions& options;
};

// Sum over a sample of (context, centre) pairs of the loss with its negatives, in nats.
struct LossSample {
  double sum = 0;
  std::uint64_t pair_count = 0;
};

// What one thread works with: the first three are set anew for each block.
struct ThreadState {
  Random random{0};
  std::size_t partition = 0;  // of the sampler, to draw from
  LossSample loss;
  AlignedMatrix hidden;  // CBOW: the mean of the contexts, before and after the step
};

// Trains on one block of ids, subsampled already, kSentenceEnd between sentences. One is chosen
// when a run starts; everything inside is resolved at compile time, per instruction set.
using TrainBlock = void (*)(const SharedModel& model, std::span<const WordId> words,
                            float learning_rate, ThreadState& state);

// Skip-gram: each context word predicts the centre; one set of negatives serves all contexts of a
// centre (Ji et al., arXiv 1604.04661), so that the work is products of small matrices.
TrainBlock SkipGramObjective();

// Continuous bag of words: the mean of the context rows predicts the centre.
TrainBlock CbowObjective();

}  // namespace wordkin::train
