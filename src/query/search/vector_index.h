#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "common/store/vocabulary.h"
#include "query/search/row_filter.h"

namespace wordkin::query {

struct Neighbor {
  WordId id;
  float score;  // cosine
};

struct SearchRequest {
  std::span<const float> vector;  // of the index's dimension, any length; zero finds nothing
  std::size_t neighbor_count = 10;
  std::span<const WordId> excluded;  // a handful of ids not to return: the query's own words
  // Where many rows are not to be returned: which ones may be. An index that follows a graph may
  // then find fewer than there are.
  const RowFilter* filter = nullptr;
};

// Finds the rows nearest to a vector by cosine. Thread-safe.
class VectorIndex {
 public:
  virtual ~VectorIndex() = default;
  virtual std::string_view name() const = 0;  // "exact" or "hnsw"
  // At most neighbor_count, best first, equal scores by id. Throws kUsage on a wrong dimension.
  virtual std::vector<Neighbor> Search(const SearchRequest& request) const = 0;
  // The same for many; never slower than one by one.
  virtual std::vector<std::vector<Neighbor>> SearchBatch(
      std::span<const SearchRequest> requests) const = 0;
};

}  // namespace wordkin::query
