#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <vector>

#include "train/prediction/block_schedule.h"
#include "train/prediction/draft_training.h"
#include "train/run/run_control.h"

namespace wordkin::train {

// Follows a run: sums its losses by epoch, reports its progress and sees when it diverges.
// Thread-safe, but the sums then depend on who comes first.
class TrainingMonitor {
 public:
  struct Scale {
    std::uint64_t ids_per_epoch;
    std::uint64_t words_per_epoch;
    int epoch_count;
    double guessing_loss;
  };

  explicit TrainingMonitor(const Scale& scale);

  // Before the threads start. Seconds go on from where they stood.
  void Resume(const ProgressCallback* progress);
  // Throws kUsage when the run has diverged, naming the option to lower.
  void AddBlock(const Block& block, const LossSample& loss, double learning_rate);

  // Between the runs of threads:
  const std::vector<LossSample>& epoch_losses() const { return epoch_losses_; }
  std::uint64_t ids_done() const { return ids_done_; }
  std::uint64_t words_done() const;
  double elapsed_seconds() const;
  // Takes up the counts of an earlier run.
  void Restore(std::vector<LossSample> epoch_losses, std::uint64_t ids_done, double seconds);

 private:
  using Clock = std::chrono::steady_clock;

  // Sees which epochs have become whole.
  void CloseEpochs();
  void Report(const Block& block, double learning_rate);
  double FractionDone() const;

  Scale scale_;
  const ProgressCallback* progress_ = nullptr;
  Clock::time_point resumed_ = Clock::now();
  double seconds_before_ = 0;

  std::mutex mutex_;  // guards what follows
  std::vector<LossSample> epoch_losses_;
  std::vector<std::uint64_t> epoch_ids_;  // done of each epoch
  std::vector<double> whole_losses_;      // means of the epochs that are whole
  LossSample recent_loss_;
  std::uint64_t ids_done_ = 0;
  double last_report_ = 0;
};

// NaN for the mean of nothing.
double MeanLoss(const LossSample& loss);

}  // namespace wordkin::train
