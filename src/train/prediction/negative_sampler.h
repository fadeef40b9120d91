#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "common/store/vocabulary.h"
#include "common/support/random.h"

namespace wordkin::train {

// Draws words with probability proportional to count^exponent (0.75 by Mikolov et al., arXiv
// 1310.4546, section 2.2), by the alias method (Walker 1977): one random number and one table entry
// a draw.
//
// Each draw names the part that it comes from. Uncommon words are dealt out among the parts, each
// drawn so much oftener where it is; common words are in all. So threads that draw from different
// parts at any moment, and go round all of them, see the same distribution over time and seldom
// write the same negative row together.
class NegativeSampler {
 public:
  struct Parts {
    std::size_t most = 1;      // that there may be
    double draws_in_turn = 0;  // that a thread makes from a part before it goes on to the next
  };

  // At least two words. A word without a count is drawn as if it had one.
  NegativeSampler(const Vocabulary& vocabulary, double exponent, const Parts& parts);

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
