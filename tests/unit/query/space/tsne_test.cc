#include "query/space/tsne.h"

#include <gtest/gtest.h>

#include <cmath>

#include "common/support/random.h"
#include "query/search/nearest_rows.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

std::vector<Point> RandomPoints(std::size_t count, double extent) {
  Random random(4);
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i) {
    const double x = extent * (random.NextFloat() - 0.5);
    points.push_back({x, extent * (random.NextFloat() - 0.5)});
  }
  return points;
}

// Of rows in bunches of 'bunch_size', one after another.
Affinities BunchedAffinities(std::size_t row_count, std::size_t bunch_size, double perplexity) {
  AlignedMatrix rows = std::move(MakeBunchedTable(row_count, 20, bunch_size, 8).rows);
  for (std::size_t row = 0; row < row_count; ++row) Normalize(rows.Row(row));
  const auto count = static_cast<std::size_t>(3 * perplexity);
  return JointAffinities(NearestRows(rows, count, 1, kGoOn), perplexity, 1);
}

double LengthOf(const std::vector<Point>& points) {
  double squares = 0;
  for (const Point& point : points) squares += point.SquaredLength();
  return std::sqrt(squares);
}

// The gradient as the paper writes it, pair by pair.
std::vector<Point> PlainGradient(const Affinities& affinities, const std::vector<Point>& points) {
  const std::size_t count = points.size();
  std::vector<std::vector<double>> p(count, std::vector<double>(count));
  for (std::size_t row = 0; row < count; ++row) {
    for (std::size_t at = affinities.begins[row]; at < affinities.begins[row + 1]; ++at) {
      p[row][affinities.columns[at]] = affinities.values[at];
    }
  }
  const auto similarity = [&](std::size_t i, std::size_t j) {
    return 1 / (1 + (points[i] - points[j]).SquaredLength());
  };
  double total = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) total += i == j ? 0 : similarity(i, j);
  }
  std::vector<Point> gradient(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      const double factor = 4 * (p[i][j] - similarity(i, j) / total) * similarity(i, j);
      gradient[i] = gradient[i] + factor * (points[i] - points[j]);
    }
  }
  return gradient;
}

TEST(Tsne, ForcesByTheTreeAreCloseToExactOnes) {
  const Affinities affinities = BunchedAffinities(600, 30, 10);
  for (const double extent : {1e-3, 1.0, 60.0}) {
    const std::vector<Point> points = RandomPoints(600, extent);
    const std::vector<Point> plain = PlainGradient(affinities, points);
    const auto error = [&](double theta) {
      std::vector<Point> gradient = TsneGradient(affinities, points, 1, theta, 2);
      for (std::size_t i = 0; i < 600; ++i) gradient[i] = gradient[i] - plain[i];
      return LengthOf(gradient) / LengthOf(plain);
    };
    EXPECT_LT(error(0), 1e-9) << extent;
    EXPECT_LT(error(0.5), 0.02) << extent;
  }
}

TEST(Tsne, GradientIsThatOfTheDivergence) {
  const Affinities affinities = BunchedAffinities(60, 10, 5);
  std::vector<Point> points = RandomPoints(60, 3);
  const std::vector<Point> gradient = TsneGradient(affinities, points, 1, 0, 1);
  constexpr double kStep = 1e-5;
  for (const std::size_t i : {0, 17, 59}) {
    const auto divergence_at = [&](Point shift) {
      std::vector<Point> moved = points;
      moved[i] = moved[i] + shift;
      return TsneDivergence(affinities, moved, 0, 1);
    };
    EXPECT_NEAR((divergence_at({kStep, 0}) - divergence_at({-kStep, 0})) / (2 * kStep),
                gradient[i].x, 1e-7);
    EXPECT_NEAR((divergence_at({0, kStep}) - divergence_at({0, -kStep})) / (2 * kStep),
                gradient[i].y, 1e-7);
  }
}

TEST(Tsne, AStepDownhillLowersTheDivergence) {
  const Affinities affinities = BunchedAffinities(300, 30, 10);
  std::vector<Point> points = RandomPoints(300, 5);
  double before = TsneDivergence(affinities, points, 0.5, 1);
  for (int step = 0; step < 20; ++step) {
    const std::vector<Point> gradient = TsneGradient(affinities, points, 1, 0.5, 1);
    for (std::size_t i = 0; i < 300; ++i) points[i] = points[i] - 50 * gradient[i];
    const double after = TsneDivergence(affinities, points, 0.5, 1);
    EXPECT_LT(after, before);
    before = after;
  }
}

TEST(Tsne, BunchesComeApart) {
  constexpr std::size_t kBunch = 40;
  const Affinities affinities = BunchedAffinities(240, kBunch, 12);
  std::size_t told = 0;
  const std::vector<Point> points = PlaceByTsne(
      affinities, RandomPoints(240, 1), {.round_count = 400, .thread_count = 2},
      [&](std::size_t round) { told = round; }, kGoOn);
  EXPECT_EQ(told, 400u);
  EXPECT_LT(TsneDivergence(affinities, points, 0, 1), 0.7);
  // Whoever is nearest to a point is of its bunch.
  std::size_t strangers = 0;
  for (std::size_t i = 0; i < 240; ++i) {
    std::size_t nearest = i == 0 ? 1 : 0;
    for (std::size_t j = 0; j < 240; ++j) {
      if (j != i &&
          (points[i] - points[j]).SquaredLength() < (points[i] - points[nearest]).SquaredLength()) {
        nearest = j;
      }
    }
    strangers += nearest / kBunch != i / kBunch;
  }
  EXPECT_LE(strangers, 2u);
}

TEST(Tsne, IsTheSameForAnyNumberOfThreads) {
  const Affinities affinities = BunchedAffinities(700, 20, 8);
  const auto place = [&](int threads) {
    return PlaceByTsne(affinities, RandomPoints(700, 1),
                       {.round_count = 60, .thread_count = threads}, nullptr, kGoOn);
  };
  const std::vector<Point> one = place(1);
  const std::vector<Point> three = place(3);
  for (std::size_t i = 0; i < 700; ++i) {
    EXPECT_EQ(one[i].x, three[i].x);
    EXPECT_EQ(one[i].y, three[i].y);
  }
}

TEST(Tsne, PlacesFewPointsSomewhere) {
  for (const std::size_t count : {1, 2, 3, 5, 9}) {
    const Affinities affinities = BunchedAffinities(count, 3, 1);
    for (const double extent : {0.0, 1.0}) {
      const std::vector<Point> points =
          PlaceByTsne(affinities, RandomPoints(count, extent), {}, nullptr, kGoOn);
      ASSERT_EQ(points.size(), count);
      for (const Point& point : points) EXPECT_LT(std::sqrt(point.SquaredLength()), 1e5);
    }
  }
}

TEST(Tsne, EndsEarlyWhenToldTo) {
  std::atomic<bool> stop{false};
  std::size_t rounds = 0;
  PlaceByTsne(
      BunchedAffinities(30, 3, 3), RandomPoints(30, 1), {},
      [&](std::size_t round) { stop = (rounds = round) == 7; }, stop);
  EXPECT_EQ(rounds, 7u);
}

}  // namespace
}  // namespace wordkin::query
