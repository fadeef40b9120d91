#include "query/space/space_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

const MapObserver kNobody = [](double) {};

AlignedMatrix UnitRows(const WordRows& words) {
  AlignedMatrix rows = std::move(TableOf(words).rows);
  for (std::size_t row = 0; row < rows.row_count(); ++row) Normalize(rows.Row(row));
  return rows;
}

AlignedMatrix Bunches() {
  AlignedMatrix rows = std::move(MakeBunchedTable(120, 16, 30, 6).rows);
  for (std::size_t row = 0; row < 120; ++row) Normalize(rows.Row(row));
  return rows;
}

TEST(MapSpace, NamesClustersByTheirMostCentralRowsTheLargestFirst) {
  const AlignedMatrix rows = UnitRows({{"a", {0, 0, 1}},
                                       {"b", {1, 0.3f, 0}},
                                       {"c", {1, 0, 0}},
                                       {"d", {1, -0.2f, 0}},
                                       {"e", {0, 0.1f, 1}}});
  const SpaceMap map = *MapSpace(
      rows, {.method = MapMethod::kPrincipalComponents, .cluster_count = 2}, kNobody, kGoOn);
  ASSERT_EQ(map.clusters.size(), 2u);
  EXPECT_EQ(map.clusters[0].front(), 2u);
  EXPECT_THAT(map.clusters[0], UnorderedElementsAre(1, 2, 3));
  EXPECT_THAT(map.clusters[1], UnorderedElementsAre(0, 4));
  EXPECT_THAT(map.cluster_of, ElementsAre(1, 0, 0, 0, 1));
  EXPECT_EQ(map.neighbors[0].front().id, 4u);
  EXPECT_NEAR(map.neighbors[0].front().score, 1 / std::sqrt(1.01), 1e-5);
}

TEST(MapSpace, ByPrincipalComponentsKeepsTheWidestSide) {
  const AlignedMatrix rows =
      UnitRows({{"a", {1, 2, 0}}, {"b", {1, -2, 0}}, {"c", {1, 0, 0.2f}}, {"d", {1, 0, -0.2f}}});
  const SpaceMap map = *MapSpace(rows, {.method = MapMethod::kPrincipalComponents}, kNobody, kGoOn);
  EXPECT_NEAR(std::abs(map.points[0].x - map.points[1].x), 4 / std::sqrt(5.0), 1e-5);
  EXPECT_NEAR(map.points[2].x, map.points[3].x, 1e-5);
}

TEST(MapSpace, ByNeighborsBringsBunchesTogether) {
  double told = 0;
  const SpaceMap map = *MapSpace(
      Bunches(), {.perplexity = 10, .cluster_count = 4},
      [&](double share) {
        EXPECT_GE(share, told);
        told = share;
      },
      kGoOn);
  EXPECT_DOUBLE_EQ(told, 1);
  EXPECT_LT(map.divergence, 0.6);
  const auto distance = [&](std::size_t a, std::size_t b) {
    return std::sqrt((map.points[a] - map.points[b]).SquaredLength());
  };
  double within = 0;
  double between = 0;
  for (std::size_t i = 0; i < 30; ++i) {
    within += distance(i, (i + 7) % 30);
    between += distance(i, 30 + (i + 7) % 90);
    EXPECT_EQ(map.cluster_of[i], map.cluster_of[0]);
    EXPECT_EQ(map.neighbors[i].size(), 10u);
  }
  EXPECT_LT(3 * within, between);
}

TEST(MapSpace, IsRepeatedBySeedWhateverTheThreads) {
  const auto first_x = [](std::uint64_t seed, int threads) {
    const MapOptions options = {
        .perplexity = 5, .round_count = 50, .seed = seed, .thread_count = threads};
    return MapSpace(Bunches(), options, kNobody, kGoOn)->points[0].x;
  };
  EXPECT_EQ(first_x(1, 1), first_x(1, 3));
  EXPECT_NE(first_x(1, 1), first_x(2, 1));
}

TEST(MapSpace, PartsRowsThatAreTheSame) {
  const AlignedMatrix rows = UnitRows({{"a", {1, 0}}, {"b", {1, 0}}, {"c", {1, 0}}});
  const SpaceMap map =
      *MapSpace(rows, {.perplexity = MostPerplexity(3), .cluster_count = 3}, kNobody, kGoOn);
  EXPECT_GT((map.points[0] - map.points[1]).SquaredLength(), 0);
  EXPECT_EQ(map.clusters.size(), 1u);
}

TEST(MapSpace, TakesOneRowAlone) {
  for (const MapMethod method : {MapMethod::kTsne, MapMethod::kPrincipalComponents}) {
    const SpaceMap map =
        *MapSpace(UnitRows({{"a", {3}}}), {.method = method, .perplexity = 1, .cluster_count = 8},
                  kNobody, kGoOn);
    EXPECT_EQ(map.points.size(), 1u);
    EXPECT_TRUE(std::isfinite(map.points[0].x));
    EXPECT_EQ(map.clusters.size(), 1u);
    EXPECT_TRUE(map.neighbors[0].empty());
  }
}

TEST(MapSpace, EndsWithNothingWhenToldTo) {
  const std::atomic<bool> stop{true};
  EXPECT_FALSE(MapSpace(Bunches(), {.perplexity = 5}, kNobody, stop));
}

}  // namespace
}  // namespace wordkin::query
