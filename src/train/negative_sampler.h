#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "common/store/vocabulary.h"
#include "common/support/random.h"

namespace wordkin::train {

// Draws words with probability proportional to count^0.75 (Mikolov et al., arXiv 1310.4546,
// section 2.2), by the alias method (Walker 1977): one random number and one table entry a draw.
//
// The vocabulary is dealt into 'partition_count' parts of nearly equal probability, and each draw
// names the part it comes from. Threads that draw from different parts at any moment, and go round
// all of them, see the same distribution over time but never write the same negative row together.
class NegativeSampler {
 public:
  // Needs at least 'partition_count' words. A word without a count is drawn as if it had one.
  NegativeSampler(const Vocabulary& vocabulary, std::size_t partition_count);

  std::size_t partition_count() const { return partitions_.size(); }

  WordId Draw(std::size_t partition, Random& random) const {
    const std::vector<Slot>& slots = partitions_[partition];
    const std::uint64_t bits = random.Next64();
    const Slot& slot = slots[((bits >> 32) * slots.size()) >> 32];
    return static_cast<std::uint32_t>(bits) <= slot.threshold ? slot.word : slot.alias;
  }

 private:
  struct Slot {
    std::uint32_t threshold;  // 'word' when 32 random bits are not above it, else 'alias'
    WordId word;
    WordId alias;
  };
  std::vector<std::vector<Slot>> partitions_;
};

}  // namespace wordkin::train
