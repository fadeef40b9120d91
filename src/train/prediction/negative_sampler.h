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
// The vocabulary is dealt into parts of nearly equal probability, and each draw names the part it
// comes from. Threads that draw from different parts at any moment, and go round all of them, see
// the same distribution over time and seldom write the same negative row together.
class NegativeSampler {
 public:
  // At least two words. There are fewer than 'most_partitions' parts where a frequent word would
  // outweigh the rest of its part. A word without a count is drawn as if it had one.
  NegativeSampler(const Vocabulary& vocabulary, std::size_t most_partitions);

  std::size_t partition_count() const { return partitions_.size(); }

  WordId Draw(std::size_t partition, Random& random) const {
    const std::vector<Slot>& slots = partitions_[partition];
    const std::uint64_t bits = random.Next64();
    const Slot& slot = slots[((bits >> 32) * slots.size()) >> 32];
    return static_cast<std::uint32_t>(bits) <= slot.threshold ? slot.word : slot.alias;
  }

  // A word other than 'centre'. Where 'centre' is nearly all that there is to draw, the next one.
  WordId DrawOther(WordId centre, std::size_t partition, Random& random) const {
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      const WordId word = Draw(partition, random);
      if (word != centre) return word;
    }
    return centre + 1 < word_count_ ? centre + 1 : 0;
  }

 private:
  struct Slot {
    std::uint32_t threshold;  // 'word' when 32 random bits are not above it, else 'alias'
    WordId word;
    WordId alias;
  };
  static constexpr int kAttempts = 16;

  std::size_t word_count_;
  std::vector<std::vector<Slot>> partitions_;
};

}  // namespace wordkin::train
