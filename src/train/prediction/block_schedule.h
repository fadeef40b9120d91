#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace wordkin::train {

// A run of ids that one thread trains on at a time, in one epoch.
struct Block {
  int epoch;               // from 0
  std::uint64_t sequence;  // its turn, over all epochs: seeds its random numbers
  std::size_t begin, end;  // of the ids
  double fraction_done;    // of the whole run when its turn came
};

// Hands out the blocks of all epochs, each once, without a barrier between epochs. Blocks come in
// a shuffled order, so that the falling learning rate favours no part of the corpus and threads
// work on distant texts. Thread-safe.
class BlockSchedule {
 public:
  BlockSchedule(std::size_t id_count, int epoch_count, std::uint64_t seed);

  std::optional<Block> Next();

 private:
  std::size_t id_count_;
  std::size_t block_size_;
  std::uint64_t total_;
  std::vector<std::uint32_t> order_;
  std::atomic<std::uint64_t> next_{0};
};

}  // namespace wordkin::train
