#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>

#include "train/glove/glove_options.h"
#include "train/glove/pair_counts.h"

namespace wordkin::train {

// Called by one thread at a time, at most six times a second.
using CountingProgress = std::function<void(double fraction_done)>;

// The least --memory with which pairs of 'word_count' words can be counted.
std::uint64_t LeastCountingMemory(std::size_t word_count, const GloveOptions& options);

// Counts the pairs of words that stand within the window of one another, in the same sentence, each
// by 1 / distance, as GloVe does (Pennington et al., EMNLP 2014): exactly, whatever the number of
// threads and the memory. Throws kInputOutput when memory or the scratch folder is too small;
// returns early and incomplete when 'stop' becomes true.
PairCounts CountPairs(std::span<const WordId> ids, std::size_t word_count,
                      const GloveOptions& options, const CountingProgress& progress,
                      const std::atomic<bool>& stop);

}  // namespace wordkin::train
