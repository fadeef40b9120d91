#include "query/search/search_request.h"

#include <algorithm>
#include <limits>
#include <string>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"

namespace wordkin::query {

std::vector<float> UnitQuery(const SearchRequest& request, const EmbeddingStore& store) {
  const std::span<const float> vector = request.vector;
  if (vector.size() != store.dimension()) {
    throw Error(ErrorKind::kUsage, "cannot search with a vector of " +
                                       std::to_string(vector.size()) + " values: those of '" +
                                       store.path() + "' have " +
                                       std::to_string(store.dimension()));
  }
  if (!AllFinite(vector)) {
    throw Error(ErrorKind::kUsage,
                "cannot search with a vector that holds an infinity or a value that is no number");
  }
  std::vector<float> unit(vector.begin(), vector.end());
  if (Normalize(unit) == 0) return {};
  return unit;
}

std::size_t WantedCount(const SearchRequest& request) {
  constexpr std::size_t kMost = std::numeric_limits<std::size_t>::max();
  const std::size_t excluded = request.excluded.size();
  return request.neighbor_count > kMost - excluded ? kMost : request.neighbor_count + excluded;
}

std::size_t CandidateCount(std::size_t wanted, std::size_t row_count) {
  // Rounding to 8 bits moves a neighbour by few places: among 341,479 real vectors the 32 best of
  // the scan held 0.9997 of the ten nearest.
  constexpr std::size_t kFewest = 32;
  constexpr std::size_t kMargin = 16;
  if (wanted >= row_count / 2) return row_count;
  return std::min(std::max(kFewest, 2 * wanted + kMargin), row_count);
}

std::size_t NibbleCandidateCount(std::size_t wanted, std::size_t row_count) {
  // Among 341,479 real vectors the 64 best held all of the ten nearest.
  constexpr std::size_t kTimes = 4;
  return std::min(kTimes * CandidateCount(wanted, row_count), row_count);
}

void ScoreExactly(const EmbeddingStore& store, std::span<const float> unit_vector,
                  std::span<Neighbor> candidates) {
  std::vector<float> unit_row(store.dimension());
  for (Neighbor& candidate : candidates) {
    store.CopyUnitRow(candidate.id, unit_row);
    candidate.score = std::clamp(Dot(unit_vector, unit_row), -1.0f, 1.0f);
  }
}

std::vector<Neighbor> SelectNeighbors(std::vector<Neighbor> candidates,
                                      const SearchRequest& request) {
  std::erase_if(candidates, [&](const Neighbor& candidate) {
    if (request.filter != nullptr && !request.filter->Allows(candidate.id)) return true;
    return std::find(request.excluded.begin(), request.excluded.end(), candidate.id) !=
           request.excluded.end();
  });
  KeepBest(candidates, request.neighbor_count);
  return candidates;
}

void KeepBest(std::vector<Neighbor>& neighbors, std::size_t limit) {
  const auto is_better = [](const Neighbor& a, const Neighbor& b) {
    return a.score != b.score ? a.score > b.score : a.id < b.id;
  };
  const auto kept = static_cast<std::ptrdiff_t>(std::min(limit, neighbors.size()));
  std::partial_sort(neighbors.begin(), neighbors.begin() + kept, neighbors.end(), is_better);
  neighbors.resize(static_cast<std::size_t>(kept));
}

}  // namespace wordkin::query
