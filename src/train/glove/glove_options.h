#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace wordkin::train {

struct GloveOptions {
  std::size_t dimension = 200;
  int window_radius = 10;  // contexts on either side, weighed by 1 / distance
  double x_max = 100;      // counts from here on weigh 1, lower ones (count / x_max)^alpha
  double alpha = 0.75;
  int epoch_count = 15;
  float learning_rate = 0.05f;  // AdaGrad divides it by the root of 1 + the squares so far
  int thread_count = 1;         // changes the speed only
  std::uint64_t seed = 1;
  std::uint64_t memory_bytes = std::uint64_t{4'000'000'000};  // for counting and for training
  std::string scratch_folder;  // for what exceeds memory; empty: the temporary folder
};

// Throws kUsage for options out of range, naming the option as the command line spells it.
void CheckGloveOptions(const GloveOptions& options);

}  // namespace wordkin::train
