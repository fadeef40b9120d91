#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "common/store/embedding_store.h"
#include "query/search/packed_graph.h"

namespace wordkin::query {

// Searches the packed graph of the store's rows with several efforts for the ten neighbours of some
// hundred rows, and compares with the exact search. Efforts rise. The same for any number of
// threads.
std::vector<MeasuredEffort> MeasureEfforts(const EmbeddingStore& store,
                                           std::span<const std::byte> packed, int thread_count);

}  // namespace wordkin::query
