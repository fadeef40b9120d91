#include "query/space/space_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include "common/math/principal_components.h"
#include "common/math/spherical_k_means.h"
#include "common/math/vector_kernels.h"
#include "common/support/random.h"
#include "query/search/nearest_rows.h"
#include "query/space/affinities.h"
#include "query/space/tsne.h"

namespace wordkin::query {
namespace {

std::vector<Point> PrincipalPlaces(const AlignedMatrix& rows, int thread_count) {
  const std::size_t component_count = std::min<std::size_t>(2, rows.dimension());
  const PrincipalComponents components =
      FindPrincipalComponents(rows, component_count, /*centers=*/true, thread_count);
  std::vector<Point> points;
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    std::array<float, 2> place = {};
    components.Project(rows.Row(row), std::span(place).first(component_count));
    points.push_back({place[0], place[1]});
  }
  return points;
}

// A little to the side, or rows that are the same would stay at one place, whatever pushes them.
void PartEqualPlaces(std::uint64_t seed, std::vector<Point>& points) {
  double extent = 0;
  for (const Point& point : points) extent = std::max(extent, point.SquaredLength());
  const double shift = extent > 0 ? 1e-3 * std::sqrt(extent) : 1;
  Random random(seed);
  for (Point& point : points) {
    const double x = random.NextFloat() - 0.5;
    const double y = random.NextFloat() - 0.5;
    point = point + shift * Point{x, y};
  }
}

std::size_t AffineCount(const MapOptions& options, std::size_t row_count) {
  const auto count = static_cast<std::size_t>(std::lround(3 * options.perplexity));
  return std::min(count, row_count - 1);
}

// By size, empty ones left out.
void FindClusters(const AlignedMatrix& rows, const MapOptions& options, SpaceMap& map) {
  const std::size_t count = std::min(options.cluster_count, rows.row_count());
  const Clustering found = SphericalKMeans(rows, {.cluster_count = count,
                                                  .beginnings = 4,
                                                  .most_rounds = 50,
                                                  .seed = options.seed,
                                                  .thread_count = options.thread_count});
  std::vector<std::vector<std::size_t>> members(count);
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    members[found.cluster_of[row]].push_back(row);
  }
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater(),
                           [&](std::size_t cluster) { return members[cluster].size(); });
  map.cluster_of.resize(rows.row_count());
  for (const std::size_t cluster : order) {
    std::vector<std::size_t>& rows_of = members[cluster];
    if (rows_of.empty()) continue;
    for (const std::size_t row : rows_of) map.cluster_of[row] = map.clusters.size();
    std::ranges::stable_sort(rows_of, std::greater(), [&](std::size_t row) {
      return Dot(rows.Row(row), found.centres.Row(cluster));
    });
    map.clusters.push_back(std::move(rows_of));
  }
}

}  // namespace

double MostPerplexity(std::size_t row_count) {
  return std::max(1.0, static_cast<double>(row_count - 1) / 3);
}

std::uint64_t MapBytes(std::size_t row_count, const MapOptions& options) {
  constexpr std::uint64_t kBytesANeighbor = 100;  // found, weighed, and twice in the affinities
  constexpr std::uint64_t kBytesARow = 1000;      // tree, places, moves, a word's text
  const std::uint64_t neighbors =
      std::max<std::uint64_t>(options.neighbor_count, AffineCount(options, row_count));
  return row_count * (kBytesARow + kBytesANeighbor * neighbors);
}

std::optional<SpaceMap> MapSpace(const AlignedMatrix& unit_rows, const MapOptions& options,
                                 const MapObserver& observer, const std::atomic<bool>& stop) {
  constexpr double kShareBeforePlacing = 0.1;
  const bool is_tsne = options.method == MapMethod::kTsne;
  const std::size_t affine_count = is_tsne ? AffineCount(options, unit_rows.row_count()) : 0;
  SpaceMap map;
  map.neighbors = NearestRows(unit_rows, std::max(affine_count, options.neighbor_count),
                              options.thread_count, stop);
  if (stop) return std::nullopt;
  FindClusters(unit_rows, options, map);
  if (stop) return std::nullopt;
  map.points = PrincipalPlaces(unit_rows, options.thread_count);
  if (is_tsne) {
    observer(kShareBeforePlacing);
    std::vector<std::vector<Neighbor>> affine = map.neighbors;
    for (auto& each : affine) each.resize(std::min(each.size(), affine_count));
    const Affinities affinities = JointAffinities(affine, options.perplexity, options.thread_count);
    PartEqualPlaces(options.seed, map.points);
    const TsneOptions placing = {.round_count = options.round_count,
                                 .thread_count = options.thread_count};
    map.points = PlaceByTsne(
        affinities, std::move(map.points), placing,
        [&](std::size_t done) {
          const double share = static_cast<double>(done) / static_cast<double>(placing.round_count);
          observer(kShareBeforePlacing + (1 - kShareBeforePlacing) * share);
        },
        stop);
    if (stop) return std::nullopt;
    map.perplexity = options.perplexity;
    map.divergence = TsneDivergence(affinities, map.points, placing.theta, options.thread_count);
  }
  for (auto& each : map.neighbors) each.resize(std::min(each.size(), options.neighbor_count));
  return map;
}

}  // namespace wordkin::query
