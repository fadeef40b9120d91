#include "query/space/tsne.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "common/support/parallel_for.h"
#include "query/space/quadtree.h"

namespace wordkin::query {
namespace {

// Points that a thread takes at a time.
constexpr std::size_t kPointsAtOnce = 256;

// In the first third clusters find each other: points lie close, and pull strongly.
constexpr double kExaggeration = 12;
constexpr double kEarlyMomentum = 0.5;
constexpr double kLateMomentum = 0.8;
// Few points would crawl at a step of n / 12, and no point leaps across the map.
constexpr double kSmallestStep = 200;
constexpr double kFarthestMove = 5;

void ForPoints(std::size_t count, int thread_count, const auto& work) {
  const std::size_t chunk_count = (count + kPointsAtOnce - 1) / kPointsAtOnce;
  ParallelFor(chunk_count, thread_count, [&](std::size_t chunk) {
    const std::size_t end = std::min((chunk + 1) * kPointsAtOnce, count);
    for (std::size_t i = chunk * kPointsAtOnce; i < end; ++i) work(i);
  });
}

// What all others push a point with, before it is divided by the sum of all similarities.
struct Repulsion {
  Point force;
  double similarity;  // sum of 1 / (1 + distance^2), the point's own 1 among them
};

Repulsion RepulsionAt(const Quadtree& tree, Point point, double theta) {
  Repulsion sum = {};
  tree.VisitParts(point, theta, [&](Point middle, double count) {
    const Point away = point - middle;
    const double similarity = 1 / (1 + away.SquaredLength());
    sum.similarity += count * similarity;
    sum.force = sum.force + count * similarity * similarity * away;
  });
  return sum;
}

Point AttractionAt(const Affinities& affinities, std::span<const Point> points, std::size_t row) {
  Point force;
  for (std::size_t at = affinities.begins[row]; at < affinities.begins[row + 1]; ++at) {
    const Point away = points[row] - points[affinities.columns[at]];
    force = force + affinities.values[at] / (1 + away.SquaredLength()) * away;
  }
  return force;
}

// The sum of all pairs' similarities, by what meets each point, added in the rows' order whichever
// thread was first.
double TotalSimilarity(std::span<const Repulsion> repulsions) {
  double total = 0;
  for (const Repulsion& each : repulsions) total += each.similarity - 1;
  // A point alone has nothing to be similar to.
  return std::max(total, 1e-12);
}

void Centre(std::vector<Point>& points) {
  Point sum;
  for (const Point& point : points) sum = sum + point;
  const Point mean = 1 / static_cast<double>(points.size()) * sum;
  for (Point& point : points) point = point - mean;
}

// To the smallness from which early steps are of a size (Kobak and Berens 2019).
void Shrink(std::vector<Point>& points) {
  constexpr double kStartDeviation = 1e-4;
  double squares = 0;
  for (const Point& point : points) squares += point.x * point.x;
  const double deviation = std::sqrt(squares / static_cast<double>(points.size()));
  if (deviation == 0) return;
  for (Point& point : points) point = kStartDeviation / deviation * point;
}

// Steps along the gradient with momentum, longer along an axis while its sign stays the same
// (Jacobs 1988).
class Descent {
 public:
  explicit Descent(std::size_t count)
      : step_(std::max(static_cast<double>(count) / kExaggeration, kSmallestStep) / 4),
        moves_(count),
        gains_(count, Point{1, 1}) {}

  void Move(std::span<const Point> gradient, double momentum, std::vector<Point>& points) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      gains_[i] = {Gain(gains_[i].x, gradient[i].x, moves_[i].x),
                   Gain(gains_[i].y, gradient[i].y, moves_[i].y)};
      const Point downhill = {gains_[i].x * gradient[i].x, gains_[i].y * gradient[i].y};
      moves_[i] = momentum * moves_[i] - step_ * downhill;
      const double length = std::sqrt(moves_[i].SquaredLength());
      if (length > kFarthestMove) moves_[i] = kFarthestMove / length * moves_[i];
      points[i] = points[i] + moves_[i];
    }
  }

 private:
  static double Gain(double gain, double slope, double move) {
    constexpr double kSmallestGain = 0.01;
    return (slope > 0) != (move > 0) ? gain + 0.2 : std::max(0.8 * gain, kSmallestGain);
  }

  double step_;  // the papers' learning rate, for a gradient with its factor of 4
  std::vector<Point> moves_;
  std::vector<Point> gains_;
};

}  // namespace

std::vector<Point> TsneGradient(const Affinities& affinities, std::span<const Point> points,
                                double exaggeration, double theta, int thread_count) {
  const Quadtree tree(points);
  std::vector<Repulsion> repulsions(points.size());
  std::vector<Point> attractions(points.size());
  ForPoints(points.size(), thread_count, [&](std::size_t place) {
    const std::size_t i = tree.order()[place];
    repulsions[i] = RepulsionAt(tree, points[i], theta);
    attractions[i] = AttractionAt(affinities, points, i);
  });
  const double total = TotalSimilarity(repulsions);
  std::vector<Point> gradient(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    gradient[i] = 4 * (exaggeration * attractions[i] - 1 / total * repulsions[i].force);
  }
  return gradient;
}

double TsneDivergence(const Affinities& affinities, std::span<const Point> points, double theta,
                      int thread_count) {
  const Quadtree tree(points);
  std::vector<Repulsion> repulsions(points.size());
  ForPoints(points.size(), thread_count,
            [&](std::size_t i) { repulsions[i] = RepulsionAt(tree, points[i], theta); });
  const double log_total = std::log(TotalSimilarity(repulsions));
  double divergence = 0;
  for (std::size_t row = 0; row < points.size(); ++row) {
    for (std::size_t at = affinities.begins[row]; at < affinities.begins[row + 1]; ++at) {
      const double value = affinities.values[at];
      if (value == 0) continue;
      const Point away = points[row] - points[affinities.columns[at]];
      divergence += value * (std::log(value * (1 + away.SquaredLength())) + log_total);
    }
  }
  return divergence;
}

std::vector<Point> PlaceByTsne(const Affinities& affinities, std::vector<Point> start,
                               const TsneOptions& options, const TsneObserver& observer,
                               const std::atomic<bool>& stop) {
  std::vector<Point> points = std::move(start);
  Centre(points);
  Shrink(points);
  Descent descent(points.size());
  const std::size_t early_rounds = options.round_count / 3;
  for (std::size_t round = 0; round < options.round_count && !stop; ++round) {
    const bool is_early = round < early_rounds;
    descent.Move(TsneGradient(affinities, points, is_early ? kExaggeration : 1, options.theta,
                              options.thread_count),
                 is_early ? kEarlyMomentum : kLateMomentum, points);
    Centre(points);
    if (observer) observer(round + 1);
  }
  return points;
}

}  // namespace wordkin::query
