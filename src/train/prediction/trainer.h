#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "train/corpus/encoded_corpus.h"
#include "train/prediction/training_options.h"

namespace wordkin::train {

struct TrainingProgress {
  int epoch = 0;                 // 1 .. epoch_count
  double fraction_done = 0;      // of the whole run
  std::uint64_t words_done = 0;  // raw corpus words, left-out ones included, over all epochs
  double elapsed_seconds = 0;
  double words_per_second = 0;
  double loss = 0;  // mean of the latest stretch (TrainingResult::epoch_losses); NaN: no sample
  double learning_rate = 0;
};

struct TrainingResult {
  AlignedMatrix rows;  // (vocabulary x dimension), the input vectors
  // Mean negative-sampling loss of a (context, centre) pair with its negatives, in nats, over a
  // sample of the pairs of each epoch begun, NaN where a tiny corpus gave none; (negatives + 1) *
  // ln 2 before anything is learnt.
  std::vector<double> epoch_losses;
  std::uint64_t words_done = 0;
  double elapsed_seconds = 0;
  bool interrupted = false;
};

// Called from one of the training threads, at most some six times a second.
using ProgressCallback = std::function<void(const TrainingProgress&)>;

// Bytes that training will take beside the corpus.
std::uint64_t TrainingMemoryBytes(std::size_t vocabulary_size, const TrainingOptions& options);

// Trains word vectors by negative sampling. Throws kInputOutput when memory is short and kUsage
// when the run diverges (a loss that is not finite, rows that explode), naming the option to lower.
// Returns early, 'interrupted', when 'stop' becomes true.
TrainingResult Train(const EncodedCorpus& corpus, const TrainingOptions& options,
                     const ProgressCallback& progress, const std::atomic<bool>& stop);

}  // namespace wordkin::train
