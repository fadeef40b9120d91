#pragma once

#include <cstdint>
#include <vector>

#include "common/store/vocabulary.h"
#include "common/support/random.h"

namespace wordkin::train {

// Thins frequent words: one of relative frequency f is kept with probability
// sqrt(t / f) + t / f, at most 1, for the threshold t (word2vec's own code; the paper, arXiv
// 1310.4546, leaves the second term out). A threshold of zero keeps all.
class Subsampler {
 public:
  Subsampler(const Vocabulary& vocabulary, double threshold);

  bool Keeps(WordId word, Random& random) const {
    const std::uint32_t limit = limits_[word];
    return limit == UINT32_MAX || random.Next32() < limit;
  }

 private:
  std::vector<std::uint32_t> limits_;  // probability * 2^32; UINT32_MAX: always
};

}  // namespace wordkin::train
