#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "train/glove/pair_counts.h"

namespace wordkin::train {

// The sum of 'runs', row by row, in memory up to 'memory_bytes' and beyond in 'scratch_folder'.
// Returns early and incomplete when 'stop' becomes true.
PairCounts MergeCounts(std::vector<PairCounts> runs, std::size_t word_count, std::uint64_t unit,
                       std::uint64_t memory_bytes, const std::string& scratch_folder,
                       const std::atomic<bool>& stop);

}  // namespace wordkin::train
