#include "query/search/exact_index.h"

#include <algorithm>

#include "common/support/parallel_for.h"
#include "common/support/round_up.h"
#include "query/search/search_plan.h"
#include "query/search/search_request.h"

namespace wordkin::query {
namespace {

// A whole number of blocks, and enough to be worth waking a thread.
std::size_t RowsAThread(const EmbeddingStore& store, std::size_t row_count, int thread_count) {
  constexpr std::size_t kLeastBytes = std::size_t{1} << 20;
  const std::size_t share = row_count / static_cast<std::size_t>(std::max(thread_count, 1)) + 1;
  return RoundUp(std::max(share, kLeastBytes / store.dimension()), ScanPlane::kRowsPerBlock);
}

bool GoesByNibbles(const EmbeddingStore& store, std::size_t row_count, ScanRows rows) {
  if (store.nibble_plane() == nullptr || rows == ScanRows::kInt8) return false;
  return rows == ScanRows::kNibbles || NibblesPay(row_count, store.dimension());
}

}  // namespace

ExactIndex::ExactIndex(const EmbeddingStore& store, std::size_t limit_vocabulary, int thread_count,
                       ScanRows rows)
    : store_(store),
      row_count_(limit_vocabulary == 0 ? store.size() : std::min(limit_vocabulary, store.size())),
      rows_a_thread_(RowsAThread(store, row_count_, thread_count)),
      nibbles_for_one_(GoesByNibbles(store, row_count_, rows)) {}

std::vector<Neighbor> ExactIndex::Search(const SearchRequest& request) const {
  return std::move(SearchBatch({&request, 1}).front());
}

std::vector<std::vector<Neighbor>> ExactIndex::SearchBatch(
    std::span<const SearchRequest> requests) const {
  std::vector<std::vector<Neighbor>> answers;
  answers.reserve(requests.size());
  for (std::size_t first = 0; first < requests.size(); first += kMaxScanQueries) {
    const std::size_t count = std::min(kMaxScanQueries, requests.size() - first);
    SearchTogether(requests.subspan(first, count), answers);
  }
  return answers;
}

void ExactIndex::FindBestRowsOfAll(std::span<const ScanQuery> queries, std::span<BestRows> best,
                                   bool nibbles) const {
  if (queries.empty()) return;
  const auto scan = [&](RowRange rows, std::span<BestRows> of_rows) {
    if (nibbles) {
      FindBestRows(*store_.nibble_plane(), rows, queries.front(), of_rows.front());
    } else {
      FindBestRows(store_.scan_plane(), rows, queries, of_rows);
    }
  };
  const std::size_t part_count = (row_count_ + rows_a_thread_ - 1) / rows_a_thread_;
  if (part_count <= 1) return scan({0, row_count_}, best);
  // The first part's best rows are gathered in place, those of the others apart.
  std::vector<std::vector<BestRows>> others(part_count - 1, {best.begin(), best.end()});
  ParallelFor(part_count, static_cast<int>(part_count), [&](std::size_t part) {
    scan({part * rows_a_thread_, std::min((part + 1) * rows_a_thread_, row_count_)},
         part == 0 ? best : std::span(others[part - 1]));
  });
  for (std::vector<BestRows>& part : others) {
    for (std::size_t q = 0; q < queries.size(); ++q) best[q].OfferAll(std::move(part[q]));
  }
}

void ExactIndex::SearchTogether(std::span<const SearchRequest> requests,
                                std::vector<std::vector<Neighbor>>& answers) const {
  std::vector<std::vector<float>> unit_vectors;
  std::vector<ScanQuery> queries;
  std::vector<BestRows> best;
  // The bytes read are what a query alone waits for; with several, the arithmetic.
  const bool nibbles = requests.size() == 1 && nibbles_for_one_;
  for (const SearchRequest& request : requests) {
    unit_vectors.push_back(UnitQuery(request, store_));
    if (unit_vectors.back().empty()) continue;
    queries.push_back(QuantizeScanQuery(unit_vectors.back()));
    best.emplace_back(
        nibbles ? NibbleCandidateCount(WantedCount(request), row_count_)
                : CandidateCount(WantedCount(request), row_count_),
        request.filter == nullptr ? std::span<const std::uint64_t>() : request.filter->bits());
  }
  FindBestRowsOfAll(queries, best, nibbles);
  auto next_best = best.begin();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    std::vector<Neighbor> candidates;
    if (!unit_vectors[i].empty()) {
      for (const ScoredRow& each : (next_best++)->Take()) candidates.push_back({each.row, 0});
      ScoreExactly(store_, unit_vectors[i], candidates);
    }
    answers.push_back(SelectNeighbors(std::move(candidates), requests[i]));
  }
}

}  // namespace wordkin::query
