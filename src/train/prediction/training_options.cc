#include "train/prediction/training_options.h"

#include "common/support/option_range.h"

namespace wordkin::train {

void CheckTrainingOptions(const TrainingOptions& options) {
  CheckRange("--dimension", static_cast<double>(options.dimension), 1, 10000);
  CheckRange("--window", options.window_radius, 1, 1000);
  CheckRange("--negative", options.negative_count, 1, 1000);
  CheckRange("--negative-exponent", options.negative_exponent, 0, 1);
  CheckRange("--subsample", options.subsample_threshold, 0, 1);
  CheckRange("--epochs", options.epoch_count, 1, 100000);
  // Bounds as float32 holds them, so that the bounds themselves are allowed.
  CheckRange("--learning-rate", options.learning_rate, 1e-6f, 10);
  CheckRange("--threads", options.thread_count, 1, 1024);
}

}  // namespace wordkin::train
