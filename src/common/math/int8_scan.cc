#include "common/math/int8_scan.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "common/math/instruction_set.h"
#include "common/math/int8_scan_kernels.h"

namespace wordkin {
namespace {

using scan::kTileBlocks;
using scan::kTileRows;
using scan::Tile;
using scan::TileKernel;
using scan::TileQueries;
using scan::TileScores;

bool IsBetter(const ScoredRow& a, const ScoredRow& b) {
  return a.score != b.score ? a.score > b.score : a.row < b.row;
}

TileKernel ActiveKernel() {
#if defined(__x86_64__)
  const std::string name = ActiveInstructionSet();
  if (name == "avx512vnni") return scan::ScoreTileAvx512Vnni;
  if (name == "avx512" || name == "avx2") return scan::ScoreTileAvx2;
#endif
  return scan::ScoreTilePortable;
}

TileKernel ActiveNibbleKernel() {
#if defined(__x86_64__)
  const std::string name = ActiveInstructionSet();
  if (name == "avx512vnni") return scan::ScoreNibblesAvx512Vnni;
  if (name == "avx512" || name == "avx2") return scan::ScoreNibblesAvx2;
#endif
  return scan::ScoreNibblesPortable;
}

// The largest level at which no dot product of 'dimension' values overflows 32 bits, whatever bytes
// a damaged plane holds: 127 up to dimension 132,104.
int QueryLevel(std::size_t dimension) {
  const std::size_t fitting = std::numeric_limits<std::int32_t>::max() /
                              (ScanPlane::kZero * std::max<std::size_t>(dimension, 1));
  return static_cast<int>(std::min<std::size_t>(fitting, 127));
}

// Queries interleaved by group, so that a kernel walks through one array.
struct PackedQueries {
  std::vector<std::uint32_t> words;
  std::vector<std::uint32_t> offsets;

  // 'zero': what is stored for 0.
  PackedQueries(std::span<const ScanQuery> queries, std::size_t group_count,
                int zero = ScanPlane::kZero)
      : words(group_count * queries.size()), offsets(queries.size()) {
    for (std::size_t q = 0; q < queries.size(); ++q) {
      const std::vector<std::int8_t>& values = queries[q].values;
      for (std::size_t i = 0; i < values.size(); ++i) {
        const std::uint32_t byte = static_cast<std::uint8_t>(values[i]);
        words[i / ScanPlane::kDimensionsPerGroup * queries.size() + q] |=
            byte << (i % ScanPlane::kDimensionsPerGroup * 8);
        // Modulo 2^32 on purpose: the dot product wraps the same way and the difference fits.
        offsets[q] += static_cast<std::uint32_t>(zero) * static_cast<std::uint32_t>(values[i]);
      }
    }
  }
};

// What a kernel walks through, whichever plane it is of.
struct Blocks {
  const std::uint8_t* first;
  const std::uint16_t* cosine_factors;
  std::size_t group_count;  // of a block, 64 bytes each
};

// Scores the rows of a range tile by tile; visit(first_row, blocks, scores) follows each tile.
// thresholds() is asked before each.
template <typename Thresholds, typename Visit>
void ForEachTile(const Blocks& blocks, RowRange rows, const PackedQueries& queries,
                 TileKernel kernel, const Thresholds& thresholds, const Visit& visit) {
  const std::size_t block_count =
      (rows.end + ScanPlane::kRowsPerBlock - 1) / ScanPlane::kRowsPerBlock;
  TileScores result;
  for (std::size_t block = rows.first / ScanPlane::kRowsPerBlock; block < block_count;
       block += kTileBlocks) {
    const Tile tile{blocks.first + block * blocks.group_count * scan::kGroupBytes,
                    blocks.cosine_factors + block * ScanPlane::kRowsPerBlock,
                    std::min(kTileBlocks, block_count - block), blocks.group_count};
    kernel(tile,
           {queries.offsets.size(), queries.words.data(), queries.offsets.data(), thresholds()},
           result);
    visit(block * ScanPlane::kRowsPerBlock, tile.block_count, result);
  }
}

Blocks BlocksOf(const ScanPlane& plane) {
  return {plane.blocks, plane.cosine_factors, plane.group_count()};
}

// Offers the rows that 'above' marks, those from row_count on left out.
void OfferMarked(const std::uint16_t* above, const float* scores, std::size_t first_row,
                 std::size_t block_count, std::size_t row_count, BestRows& best) {
  for (std::size_t block = 0; block < block_count; ++block) {
    for (unsigned marks = above[block]; marks != 0; marks &= marks - 1) {
      const std::size_t index =
          block * ScanPlane::kRowsPerBlock + static_cast<std::size_t>(std::countr_zero(marks));
      if (first_row + index >= row_count) break;
      best.Offer(static_cast<std::uint32_t>(first_row + index), scores[index]);
    }
  }
}

}  // namespace

ScanQuery QuantizeScanQuery(std::span<const float> vector) {
  ScanQuery query;
  const std::size_t group = ScanPlane::kDimensionsPerGroup;
  query.values.assign((vector.size() + group - 1) / group * group, 0);
  float largest = 0;
  for (const float value : vector) largest = std::max(largest, std::abs(value));
  if (largest == 0) return query;  // a zero score for every row
  const int level = QueryLevel(vector.size());
  double squared_length = 0;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    const float scaled = std::nearbyint(vector[i] / largest * static_cast<float>(level));
    query.values[i] = static_cast<std::int8_t>(scaled);
    squared_length += static_cast<double>(scaled) * static_cast<double>(scaled);
  }
  if (squared_length > 0) {
    query.cosine_scale = static_cast<float>(1 / (127 * std::sqrt(squared_length)));
  }
  return query;
}

void BestRows::Offer(std::uint32_t row, float score) {
  if (!(score > threshold_) || limit_ == 0) return;
  if (!allowed_.empty() && (allowed_[row / 64] >> row % 64 & 1) == 0) return;
  rows_.push_back({row, score});
  if (rows_.size() >= 2 * limit_) Prune();
}

void BestRows::OfferAll(BestRows later) {
  std::ranges::sort(later.rows_, std::less<>(), &ScoredRow::row);
  for (const ScoredRow& each : later.rows_) Offer(each.row, each.score);
}

void BestRows::Prune() {
  if (limit_ == 0 || rows_.size() < limit_) return;
  const auto last_kept = rows_.begin() + static_cast<std::ptrdiff_t>(limit_ - 1);
  std::nth_element(rows_.begin(), last_kept, rows_.end(), IsBetter);
  threshold_ = last_kept->score;
  rows_.resize(limit_);
}

std::vector<ScoredRow> BestRows::Take() {
  Prune();
  std::sort(rows_.begin(), rows_.end(), IsBetter);
  return std::move(rows_);
}

void FindBestRows(const ScanPlane& plane, RowRange rows, std::span<const ScanQuery> queries,
                  std::span<BestRows> best) {
  rows.end = std::min(rows.end, plane.row_count);
  if (queries.empty() || rows.first >= rows.end) return;
  float thresholds[kMaxScanQueries];
  const auto current_thresholds = [&] {
    for (std::size_t q = 0; q < queries.size(); ++q) thresholds[q] = best[q].threshold();
    return static_cast<const float*>(thresholds);
  };
  const auto offer = [&](std::size_t first_row, std::size_t block_count, const TileScores& result) {
    for (std::size_t q = 0; q < queries.size(); ++q) {
      OfferMarked(result.above[q], result.scores[q], first_row, block_count, rows.end, best[q]);
    }
  };
  ForEachTile(BlocksOf(plane), rows, PackedQueries(queries, plane.group_count()), ActiveKernel(),
              current_thresholds, offer);
}

void FindBestRows(const NibblePlane& plane, RowRange rows, const ScanQuery& query, BestRows& best) {
  rows.end = std::min(rows.end, plane.row_count);
  if (rows.first >= rows.end) return;
  float threshold;
  const auto current_threshold = [&] {
    threshold = best.threshold();
    return static_cast<const float*>(&threshold);
  };
  const auto offer = [&](std::size_t first_row, std::size_t block_count, const TileScores& result) {
    OfferMarked(result.above[0], result.scores[0], first_row, block_count, rows.end, best);
  };
  // A group of the plane takes two of a query's.
  const PackedQueries packed({&query, 1}, 2 * plane.group_count(), NibblePlane::kZero);
  ForEachTile({plane.blocks, plane.cosine_factors, plane.group_count()}, rows, packed,
              ActiveNibbleKernel(), current_threshold, offer);
}

void ScoreRows(const ScanPlane& plane, std::size_t row_count, std::span<const ScanQuery> queries,
               const std::function<void(const ScoredRun&)>& sink) {
  if (queries.empty()) return;
  constexpr float kNoThresholds[kMaxScanQueries] = {};
  row_count = std::min(row_count, plane.row_count);
  const auto pass_on = [&](std::size_t first_row, std::size_t, const TileScores& result) {
    const float* scores[kMaxScanQueries];
    for (std::size_t q = 0; q < queries.size(); ++q) scores[q] = result.scores[q];
    sink({first_row, std::min(kTileRows, row_count - first_row), {scores, queries.size()}});
  };
  ForEachTile(
      BlocksOf(plane), {0, row_count}, PackedQueries(queries, plane.group_count()), ActiveKernel(),
      [&] { return kNoThresholds; }, pass_on);
}

}  // namespace wordkin
