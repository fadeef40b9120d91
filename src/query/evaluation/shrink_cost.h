#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "common/store/embedding_store.h"

namespace wordkin::query {

// What a store lost against the one it was shrunk from; its words are the first of that one.

// Of the ten nearest words that the original store finds among the kept words, the share that the
// shrunk one finds: the mean over sampled kept words.
struct NeighborRecall {
  std::size_t sampled = 0;
  double recall = 0;  // NaN when a word has no neighbours
};
NeighborRecall MeasureRecall(const EmbeddingStore& original, const EmbeddingStore& shrunk,
                             std::size_t sample_count, std::uint64_t seed);

// Cosine of a word's own vector in the original store with what subwords alone make of it, over
// sampled words: dropped ones, or kept ones where none was dropped.
struct UnseenCost {
  std::size_t sampled = 0;
  bool were_dropped = false;
  std::size_t without_vector = 0;  // in the shrunk store; their cosine counts as 0
  double mean_cosine_before = 0;   // made by the original store's subwords
  double mean_cosine = 0;          // by the shrunk one's
};
// nullopt when the stores have no subwords.
std::optional<UnseenCost> MeasureUnseen(const EmbeddingStore& original,
                                        const EmbeddingStore& shrunk, std::size_t sample_count,
                                        std::uint64_t seed);

}  // namespace wordkin::query
