#include "train/prediction/subsampler.h"

#include <cmath>

namespace wordkin::train {

Subsampler::Subsampler(const Vocabulary& vocabulary, double threshold)
    : limits_(vocabulary.size(), UINT32_MAX) {
  if (threshold <= 0) return;
  const auto total = static_cast<double>(vocabulary.total_count());
  for (WordId word = 0; word < vocabulary.size(); ++word) {
    const double ratio = threshold * total / static_cast<double>(vocabulary.Count(word));
    const double probability = std::sqrt(ratio) + ratio;
    if (probability < 1) limits_[word] = static_cast<std::uint32_t>(probability * 0x1p32);
  }
}

}  // namespace wordkin::train
