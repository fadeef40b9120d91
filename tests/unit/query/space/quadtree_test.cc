#include "query/space/quadtree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "common/support/random.h"

namespace wordkin::query {
namespace {

std::vector<Point> Scattered(std::size_t count, double extent) {
  Random random(11);
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i) {
    const double x = extent * (random.NextFloat() - 0.5);
    points.push_back({x, extent * (random.NextFloat() - 0.5)});
  }
  return points;
}

struct Parts {
  double count = 0;
  Point sum;
  std::size_t visits = 0;
};

Parts PartsFrom(const Quadtree& tree, Point from, double theta) {
  Parts parts;
  tree.VisitParts(from, theta, [&](Point middle, double count) {
    parts.count += count;
    parts.sum = parts.sum + count * middle;
    ++parts.visits;
  });
  return parts;
}

TEST(Quadtree, PartsAreAllPointsWhateverTheAngle) {
  const std::vector<Point> points = Scattered(500, 80);
  Point sum;
  for (const Point& point : points) sum = sum + point;
  const Quadtree tree(points);
  for (const double theta : {0.0, 0.3, 0.5, 0.69}) {
    for (const Point& from : {points[0], points[77], Point{300, -5}}) {
      const Parts parts = PartsFrom(tree, from, theta);
      EXPECT_EQ(parts.count, 500);
      EXPECT_NEAR(parts.sum.x, sum.x, 1e-8);
      EXPECT_NEAR(parts.sum.y, sum.y, 1e-8);
    }
  }
}

TEST(Quadtree, TakesFarPointsTogetherAndNearOnesApart) {
  const std::vector<Point> points = Scattered(2000, 1);
  const Quadtree tree(points);
  EXPECT_EQ(PartsFrom(tree, points[0], 0).visits, 2000u);
  EXPECT_LT(PartsFrom(tree, points[0], 0.5).visits, 400u);
  EXPECT_EQ(PartsFrom(tree, {50, 50}, 0.5).visits, 1u);
  // The point itself is never part of a middle.
  for (const Point& point : points) {
    std::size_t meetings = 0;
    tree.VisitParts(point, 0.69, [&](Point middle, double count) {
      meetings += count == 1 && (middle - point).SquaredLength() == 0;
    });
    EXPECT_EQ(meetings, 1u);
  }
}

TEST(Quadtree, EndsWithPointsAtOnePlace) {
  std::vector<Point> points = Scattered(20, 3);
  points.insert(points.end(), 1000, Point{0.25, 0.5});
  const Quadtree tree(points);
  EXPECT_LT(tree.node_count(), 60u);
  EXPECT_EQ(PartsFrom(tree, {0.25, 0.5}, 0.5).count, 1020);

  const Quadtree alike(std::vector<Point>(50, Point{-7, 7}));
  EXPECT_EQ(alike.node_count(), 1u);
  EXPECT_EQ(PartsFrom(alike, {-7, 7}, 0.5).count, 50);
  EXPECT_EQ(PartsFrom(Quadtree({}), {0, 0}, 0.5).count, 0);
}

TEST(Quadtree, EndsWithPointsThatHardlyDiffer) {
  // Much nearer than the finest square is wide, and two that are far.
  std::vector<Point> points = {{0, 0}, {1e6, 1e6}};
  for (int i = 0; i < 100; ++i) points.push_back({500 + i * 1e-12, 500});
  const Quadtree tree(points);
  EXPECT_LT(tree.node_count(), 10u);
  EXPECT_EQ(PartsFrom(tree, {500, 500}, 0.5).count, 102);
}

TEST(Quadtree, OrdersAllPoints) {
  const std::vector<Point> points = Scattered(300, 5);
  const Quadtree tree(points);
  std::vector<std::uint32_t> order(tree.order().begin(), tree.order().end());
  std::ranges::sort(order);
  for (std::uint32_t i = 0; i < 300; ++i) EXPECT_EQ(order[i], i);
}

}  // namespace
}  // namespace wordkin::query
