#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wordkin::train {

// A run of ids that is trained on at a time, in one epoch.
struct Block {
  int epoch;               // from 0
  std::uint64_t sequence;  // its turn, over all epochs: seeds its random numbers
  std::size_t begin, end;  // of the ids
  double fraction_done;    // of the whole run when its turn comes
};

// The order of the blocks of all epochs. Blocks come shuffled, so that the falling learning rate
// favours no part of the corpus and threads work on distant texts.
class BlockSchedule {
 public:
  BlockSchedule(std::size_t id_count, int epoch_count, std::uint64_t seed);

  std::uint64_t blocks_per_epoch() const { return order_.size(); }
  std::uint64_t block_count() const { return block_count_; }
  // sequence < block_count()
  Block At(std::uint64_t sequence) const;

 private:
  std::size_t id_count_;
  std::size_t block_size_;
  std::uint64_t block_count_;
  std::vector<std::uint32_t> order_;
};

}  // namespace wordkin::train
