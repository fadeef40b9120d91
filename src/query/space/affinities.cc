#include "query/space/affinities.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "common/support/parallel_for.h"

namespace wordkin::query {
namespace {

// Weights are of distances beyond the smallest one, so that they are never all zero.
struct WeighedDistances {
  std::vector<double> weights;
  double entropy;  // in nats
};

WeighedDistances Weigh(std::span<const double> distances, double smallest, double precision) {
  WeighedDistances result = {{}, 0};
  double sum = 0;
  double weighted_distance = 0;
  for (const double distance : distances) {
    const double weight = std::exp(-precision * (distance - smallest));
    result.weights.push_back(weight);
    sum += weight;
    weighted_distance += weight * (distance - smallest);
  }
  for (double& weight : result.weights) weight /= sum;
  result.entropy = std::log(sum) + precision * weighted_distance / sum;
  return result;
}

std::vector<double> WeightsOfNeighbors(std::span<const Neighbor> neighbors, double perplexity) {
  std::vector<double> distances;
  for (const Neighbor& neighbor : neighbors) {
    distances.push_back(2 - 2 * static_cast<double>(neighbor.score));
  }
  return WeightsOfPerplexity(distances, perplexity);
}

struct Entry {
  std::uint32_t column;
  double value;
};

// Each pair once in each of its two rows; entries of one column are added up.
Affinities Pack(std::vector<std::vector<Entry>> rows, int thread_count) {
  ParallelFor(rows.size(), thread_count, [&](std::size_t i) {
    std::vector<Entry>& row = rows[i];
    std::ranges::stable_sort(row, {}, &Entry::column);
    std::size_t kept = 0;
    for (std::size_t entry = 0; entry < row.size(); ++entry) {
      if (kept > 0 && row[kept - 1].column == row[entry].column) {
        row[kept - 1].value += row[entry].value;
      } else {
        row[kept++] = row[entry];
      }
    }
    row.resize(kept);
  });
  Affinities affinities;
  affinities.begins.push_back(0);
  for (const std::vector<Entry>& row : rows) {
    for (const Entry& entry : row) {
      affinities.columns.push_back(entry.column);
      affinities.values.push_back(entry.value);
    }
    affinities.begins.push_back(affinities.columns.size());
  }
  return affinities;
}

}  // namespace

std::vector<double> WeightsOfPerplexity(std::span<const double> squared_distances,
                                        double perplexity) {
  if (squared_distances.empty()) return {};
  const double smallest = std::ranges::min(squared_distances);
  const double wanted = std::log(perplexity);
  // Entropy falls as the precision rises: doubled or halved until the wanted one is between.
  double low = 0;
  double high = std::numeric_limits<double>::infinity();
  double precision = 1;
  constexpr int kMostSteps = 200;
  constexpr double kCloseEnough = 1e-5;
  for (int step = 0; step < kMostSteps; ++step) {
    const double excess = Weigh(squared_distances, smallest, precision).entropy - wanted;
    if (std::abs(excess) < kCloseEnough) break;
    (excess > 0 ? low : high) = precision;
    const double next = std::isinf(high) ? 2 * precision : (low + high) / 2;
    // Where no precision gives the wanted entropy the search ends at a bound.
    if (next == precision || std::isinf(next)) break;
    precision = next;
  }
  return Weigh(squared_distances, smallest, precision).weights;
}

Affinities JointAffinities(std::span<const std::vector<Neighbor>> neighbors, double perplexity,
                           int thread_count) {
  const std::size_t row_count = neighbors.size();
  std::vector<std::vector<double>> weights(row_count);
  ParallelFor(row_count, thread_count, [&](std::size_t row) {
    weights[row] = WeightsOfNeighbors(neighbors[row], perplexity);
  });
  std::vector<std::vector<Entry>> rows(row_count);
  for (std::size_t row = 0; row < row_count; ++row) {
    for (std::size_t i = 0; i < neighbors[row].size(); ++i) {
      const std::uint32_t other = neighbors[row][i].id;
      const double half = weights[row][i] / (2 * static_cast<double>(row_count));
      rows[row].push_back({other, half});
      rows[other].push_back({static_cast<std::uint32_t>(row), half});
    }
  }
  return Pack(std::move(rows), thread_count);
}

}  // namespace wordkin::query
