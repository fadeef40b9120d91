#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "train/glove/glove_options.h"
#include "train/glove/training_tiles.h"

namespace wordkin::train {

struct GloveProgress {
  int epoch = 0;             // 1 .. epoch_count
  double fraction_done = 0;  // of the whole run
  std::uint64_t records_done = 0;
  double records_per_second = 0;
  double loss = 0;  // of the epoch so far (GloveState::epoch_losses); NaN: nothing yet
};
// Called by one thread at a time, at most six times a second and at the end of the run.
using GloveProgressCallback = std::function<void(const GloveProgress&)>;

// All that a run carries from epoch to epoch; kept and put back, it goes on bit for bit.
struct GloveState {
  AlignedMatrix word_rows;  // (words x GloveRowLayout::row_floats), AdaGrad's sums included
  AlignedMatrix context_rows;
  // Mean of weight * error^2 / 2 over the records of each whole epoch, as the original reports it.
  std::vector<double> epoch_losses;
  std::uint64_t records_trained = 0;  // those of an epoch not whole included
};

// Small random values by options.seed, as in the original; AdaGrad's sums begin at 1.
GloveState InitialGloveState(std::size_t word_count, const GloveOptions& options);

// Bytes of a GloveState.
std::uint64_t GloveStateBytes(std::size_t word_count, const GloveOptions& options);

// GloVe (Pennington, Socher, Manning, EMNLP 2014) by AdaGrad over tiles that share no rows.
class GloveTrainer {
 public:
  // Keeps references to all.
  GloveTrainer(const TrainingTiles& tiles, const GloveOptions& options)
      : tiles_(tiles), options_(options) {}

  // Trains the epochs from state.epoch_losses.size() up to 'end_epoch'. False when 'stop' became
  // true: the state is then usable, but amid an epoch. Throws kUsage when the run diverges.
  bool TrainUntil(int end_epoch, GloveState& state, const GloveProgressCallback& progress,
                  const std::atomic<bool>& stop) const;

 private:
  const TrainingTiles& tiles_;
  const GloveOptions& options_;
};

enum class GloveVectors { kSum, kWord, kContext };

// (words x dimension): the words' vectors, the contexts', or both added. Throws kUsage when a value
// is not finite.
AlignedMatrix VectorsOf(const GloveState& state, GloveVectors kind, const GloveOptions& options);

}  // namespace wordkin::train
