#include "train/glove/glove_options.h"

#include "common/support/option_range.h"

namespace wordkin::train {

void CheckGloveOptions(const GloveOptions& options) {
  CheckRange("--dimension", static_cast<double>(options.dimension), 1, 10000);
  CheckRange("--window", options.window_radius, 1, 1000);
  CheckRange("--x-max", options.x_max, 1e-3, 1e9);
  CheckRange("--alpha", options.alpha, 0, 10);
  CheckRange("--epochs", options.epoch_count, 1, 100000);
  // Bounds as float32 holds them, so that the bounds themselves are allowed.
  CheckRange("--learning-rate", options.learning_rate, 1e-6f, 10);
  CheckRange("--threads", options.thread_count, 1, 1024);
}

}  // namespace wordkin::train
