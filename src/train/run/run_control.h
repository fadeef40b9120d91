#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>

namespace wordkin::train {

// What the runs of all trainers have in common for those who start and watch them.

struct TrainingProgress {
  int epoch = 0;                  // 1 .. epoch_count
  double fraction_done = 0;       // of the whole run
  std::uint64_t amount_done = 0;  // TrainingSummary::amount_done
  double elapsed_seconds = 0;
  double amount_per_second = 0;
  double loss = 0;  // the latest mean; NaN: no sample
  double learning_rate = 0;
  std::span<const double> epoch_losses = {};  // of the epochs that are whole; while the call lasts
};

// Called from one of the training threads, at most some six times a second.
using ProgressCallback = std::function<void(const TrainingProgress&)>;

// When a stretch of training is to end before the run does.
struct PauseAt {
  bool epoch_end = false;
  double seconds = std::numeric_limits<double>::infinity();  // of this stretch
};

// Why a stretch of training has ended.
enum class Pause {
  kFinished,  // all epochs are done
  kEpochEnd,
  kTimeUp,
  kStopped,  // 'stop' became true
};

}  // namespace wordkin::train
