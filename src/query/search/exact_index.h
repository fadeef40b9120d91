#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "common/math/int8_scan.h"
#include "common/store/embedding_store.h"
#include "query/search/vector_index.h"

namespace wordkin::query {

// Which copy of the rows is scanned: the one that costs less for a query, where the store has rows
// of 4 bits; or the one that is named. A query alone is the only one that 4 bits serve.
enum class ScanRows { kCheapest, kInt8, kNibbles };

// Scans the 8-bit plane of a store, or its rows of 4 bits, and re-ranks the best candidates with
// its full precision. Agreement with float32 brute force: recall@10 of at least 0.999 on real
// vectors (wordkin bench).
class ExactIndex : public VectorIndex {
 public:
  // Searches among the first 'limit_vocabulary' words (0: all), in up to 'thread_count' threads.
  // 'store' must outlive the index.
  explicit ExactIndex(const EmbeddingStore& store, std::size_t limit_vocabulary = 0,
                      int thread_count = 1, ScanRows rows = ScanRows::kCheapest);

  std::string_view name() const override { return "exact"; }
  std::vector<Neighbor> Search(const SearchRequest& request) const override;
  std::vector<std::vector<Neighbor>> SearchBatch(
      std::span<const SearchRequest> requests) const override;

 private:
  // At most kMaxScanQueries requests in one pass over the plane; appends their answers.
  void SearchTogether(std::span<const SearchRequest> requests,
                      std::vector<std::vector<Neighbor>>& answers) const;
  // 'nibbles': by the rows in 4 bits, for one query.
  void FindBestRowsOfAll(std::span<const ScanQuery> queries, std::span<BestRows> best,
                         bool nibbles) const;

  const EmbeddingStore& store_;
  std::size_t row_count_;
  std::size_t rows_a_thread_;
  bool nibbles_for_one_;  // a query alone goes by the rows of 4 bits
};

}  // namespace wordkin::query
