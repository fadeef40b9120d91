#include "query/search/exact_index.h"

#include <algorithm>

#include "common/math/int8_scan.h"
#include "query/search/search_request.h"

namespace wordkin::query {
ExactIndex::ExactIndex(const EmbeddingStore& store, std::size_t limit_vocabulary)
    : store_(store),
      row_count_(limit_vocabulary == 0 ? store.size() : std::min(limit_vocabulary, store.size())) {}

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

void ExactIndex::SearchTogether(std::span<const SearchRequest> requests,
                                std::vector<std::vector<Neighbor>>& answers) const {
  std::vector<std::vector<float>> unit_vectors;
  std::vector<ScanQuery> queries;
  std::vector<BestRows> best;
  for (const SearchRequest& request : requests) {
    unit_vectors.push_back(UnitQuery(request, store_));
    if (unit_vectors.back().empty()) continue;
    queries.push_back(QuantizeScanQuery(unit_vectors.back()));
    best.emplace_back(
        CandidateCount(WantedCount(request), row_count_),
        request.filter == nullptr ? std::span<const std::uint64_t>() : request.filter->bits());
  }
  FindBestRows(store_.scan_plane(), row_count_, queries, best);
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
