#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "common/math/nibble_plane.h"
#include "common/math/scan_plane.h"

namespace wordkin {

// Queries that one pass over the plane can answer together.
inline constexpr std::size_t kMaxScanQueries = 8;

// A query as the scan takes it: 'values' are padded with zeros to whole groups of the plane.
struct ScanQuery {
  std::vector<std::int8_t> values;
  float cosine_scale = 0;  // a score of the scan times this is the cosine, to about 0.005
};

// Rounds a finite vector to 8 bits by its largest component; the zero vector gives zeros.
ScanQuery QuantizeScanQuery(std::span<const float> vector);

struct ScoredRow {
  std::uint32_t row;
  float score;
};

// Keeps the 'limit' best rows of those offered, equal scores by row. Rows come in rising order.
class BestRows {
 public:
  // 'allowed' has a bit for each row (row i: bit i % 64 of word i / 64), without which a row does
  // not count; empty: all do. Only rows that score higher than 'threshold' count.
  explicit BestRows(std::size_t limit, std::span<const std::uint64_t> allowed = {},
                    float threshold = -std::numeric_limits<float>::infinity())
      : limit_(limit), allowed_(allowed), threshold_(threshold) {}
  // Only a row that scores higher still counts; rises as better rows come.
  float threshold() const { return threshold_; }
  void Offer(std::uint32_t row, float score);
  // What 'later' kept of rows that all come after those offered here.
  void OfferAll(BestRows later);
  // Best first. Ends the use of this object.
  std::vector<ScoredRow> Take();

 private:
  void Prune();

  std::size_t limit_;
  std::span<const std::uint64_t> allowed_;
  float threshold_;
  std::vector<ScoredRow> rows_;  // unordered; twice the limit at most
};

// Score of a row: its integer dot product with the query's values, times its cosine factor. The
// same number, bit for bit, from every instruction set. At most kMaxScanQueries queries of the
// plane's dimension; rows beyond the plane's do not count.

// Rows of a plane: 'first' is a multiple of ScanPlane::kRowsPerBlock.
struct RowRange {
  std::size_t first;
  std::size_t end;
};

// Offers the rows of a range to best[i] with their scores for queries[i].
void FindBestRows(const ScanPlane& plane, RowRange rows, std::span<const ScanQuery> queries,
                  std::span<BestRows> best);

// The same over rows of 4 bits for one query, whose order they keep less well.
void FindBestRows(const NibblePlane& plane, RowRange rows, const ScanQuery& query, BestRows& best);

// Scores of a run of rows: scores[i][j] is that of row first_row + j for query i. Valid during the
// call only.
struct ScoredRun {
  std::size_t first_row;
  std::size_t row_count;
  std::span<const float* const> scores;
};

// Hands every score to 'sink', run after run in rising order.
void ScoreRows(const ScanPlane& plane, std::size_t row_count, std::span<const ScanQuery> queries,
               const std::function<void(const ScoredRun&)>& sink);

}  // namespace wordkin
