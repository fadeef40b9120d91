#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "common/math/aligned_matrix.h"

namespace wordkin::contextual {

// Usages of a word, parted by what it means there.
struct Senses {
  // Usages of each, the most typical first; the largest sense first.
  std::vector<std::vector<std::size_t>> members;
  // Mean over the usages (Rousseeuw 1987) by 1 - cosine; with two senses or more.
  std::optional<float> silhouette;
};

inline constexpr std::size_t kMostSenses = 20;

// Clusters the contextual vectors of usages (usages x dimension), centred, by spherical k-means.
// 'sense_count' 0: the number of 2 to 8, with five usages each or more, that has the best
// silhouette, or one sense when the best is below kLeastSilhouette. Throws kUsage when there are
// fewer usages than senses.
Senses FindSenses(const AlignedMatrix& usages, std::size_t sense_count, std::uint64_t seed);

inline constexpr float kLeastSilhouette = 0.1f;

}  // namespace wordkin::contextual
