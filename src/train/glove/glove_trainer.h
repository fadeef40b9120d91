#pragma once

#include <atomic>
#include <cstdint>

#include "train/glove/glove_options.h"
#include "train/glove/glove_state.h"
#include "train/glove/training_tiles.h"
#include "train/run/run_control.h"
#include "train/run/training_result.h"

namespace wordkin::train {

// GloVe (Pennington, Socher, Manning, EMNLP 2014) by AdaGrad over tiles that share no rows.
class GloveTrainer {
 public:
  // Keeps references to both. Throws kUsage for options out of range, kInputOutput when threads are
  // short.
  GloveTrainer(const TrainingTiles& tiles, const GloveOptions& options);

  // Trains 'state' on, up to the next pause or the end; pauses lie between two rounds of tiles, so
  // that they change nothing. The progress's loss is the mean of the epoch so far. Throws kUsage
  // when the run diverges.
  Pause Train(const PauseAt& pause_at, GloveState& state, const ProgressCallback& progress,
              const std::atomic<bool>& stop) const;

  // Between stretches. An epoch's loss is the mean over its records, GloveState::epoch_losses.
  TrainingSummary Summary(const GloveState& state) const;
  // Throws kDamaged for a state that no run over these tiles can have had.
  void CheckState(const GloveState& state) const;

 private:
  const TrainingTiles& tiles_;
  const GloveOptions& options_;
};

}  // namespace wordkin::train
