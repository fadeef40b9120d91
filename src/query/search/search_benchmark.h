#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/store/embedding_store.h"

namespace wordkin::query {

struct BenchmarkOptions {
  std::size_t query_count = 1000;  // rows asked about, spread evenly over the store
  std::size_t neighbor_count = 10;
  std::size_t repetitions = 5;    // of each search; the median counts
  int thread_count = 1;           // of the searches measured with several
  std::vector<int> efforts = {};  // of the graph; where the store has one
};

struct SearchMeasurement {
  std::string search;     // "brute-force", "exact", "nibbles" (exact by 4-bit rows) or "hnsw"
  std::size_t batch = 1;  // queries handed over at a time
  int thread_count = 1;
  std::optional<int> effort;  // of the graph
  double recall = 0;          // share of the true neighbours that were found
  double queries_per_second = 0;
};

// Measures every search of 'store' against float32 brute force over the same words' rows of 'truth'
// (the store itself, say, or one of precision f32), the row asked about left out. 'progress' gets
// the share done and what is being done. Throws kUsage when the stores do not go together.
std::vector<SearchMeasurement> MeasureSearches(
    const EmbeddingStore& store, const EmbeddingStore& truth, const BenchmarkOptions& options,
    const std::function<void(double, std::string_view)>& progress);

}  // namespace wordkin::query
