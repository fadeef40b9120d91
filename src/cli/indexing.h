#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "common/store/embedding_store.h"
#include "query/search/hnsw_index.h"

namespace wordkin::cli {

// Throws kInputOutput with 'remedy' when building the graph of 'store' takes more memory than there
// is.
void RequireGraphMemory(const EmbeddingStore& store, int connectivity, const std::string& remedy);

// BuildHnswGraph with a progress bar, which counts rows as 'unit' ("words").
std::vector<std::byte> BuildGraph(const EmbeddingStore& store, const query::HnswOptions& options,
                                  std::string_view unit, const std::atomic<bool>& stop, bool quiet,
                                  Console& console);

}  // namespace wordkin::cli
