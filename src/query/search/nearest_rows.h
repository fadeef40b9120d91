#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "query/search/vector_index.h"

namespace wordkin::query {

// Of each row the 'neighbor_count' others of highest cosine (all, where there are fewer), best
// first, equal scores by id: every pair is scored in float32. For some thousands of rows of length
// one that need not be a store's. The same for any number of threads. Ends early, with rows that
// have none, once 'stop' is true.
std::vector<std::vector<Neighbor>> NearestRows(const AlignedMatrix& unit_rows,
                                               std::size_t neighbor_count, int thread_count,
                                               const std::atomic<bool>& stop);

}  // namespace wordkin::query
