#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "query/search/vector_index.h"
#include "query/space/point.h"

namespace wordkin::query {

enum class MapMethod { kTsne, kPrincipalComponents };

struct MapOptions {
  MapMethod method = MapMethod::kTsne;
  double perplexity = 30;  // of t-SNE: how many neighbours count; at most MostPerplexity
  std::size_t round_count = 750;
  std::size_t cluster_count = 1;  // the number of rows at most is made of it
  std::size_t neighbor_count = 10;
  std::uint64_t seed = 1;
  int thread_count = 1;
};

// Rows seen from where their space is widest, or by who their neighbours are.
struct SpaceMap {
  std::vector<Point> points;            // of each row
  std::vector<std::size_t> cluster_of;  // of each row
  // Their rows, the most central first; the largest cluster first, none empty.
  std::vector<std::vector<std::size_t>> clusters;
  std::vector<std::vector<Neighbor>> neighbors;  // of each row, among the rows
  double perplexity = 0;                         // that t-SNE went by
  double divergence = 0;                         // of t-SNE, in nats
};

// The most that a map of so many rows can have: a third of the others.
double MostPerplexity(std::size_t row_count);

// Told which share of the work is done.
using MapObserver = std::function<void(double)>;

// 'unit_rows' are of length one; there is one at least. The same for any number of threads. nullopt
// once 'stop' is true. Takes memory for MapBytes beside the rows.
std::optional<SpaceMap> MapSpace(const AlignedMatrix& unit_rows, const MapOptions& options,
                                 const MapObserver& observer, const std::atomic<bool>& stop);

std::uint64_t MapBytes(std::size_t row_count, const MapOptions& options);

}  // namespace wordkin::query
