#pragma once

#include <cstdint>
#include <vector>

#include "train/prediction/draft_training.h"

namespace wordkin::train {

// Where a run stands beside its rows: all randomness is drawn anew from the seed and a block's
// number, so this is all.
struct TrainingState {
  std::uint64_t position = 0;  // blocks done, of all epochs
  std::uint64_t ids_done = 0;
  double elapsed_seconds = 0;
  std::vector<float> position_weights;   // (places x dimension), with position weights
  std::vector<LossSample> epoch_losses;  // of the epochs begun, at least
};

}  // namespace wordkin::train
