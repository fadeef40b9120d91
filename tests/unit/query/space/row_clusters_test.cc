#include "query/space/row_clusters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/support/random.h"

namespace wordkin::query {
namespace {

using ::testing::SizeIs;

// Rows around three axes: 30, 20 and 10 of them, dealt out in turn.
AlignedMatrix Bundles() {
  Random random(7);
  AlignedMatrix rows(60, 6);
  for (std::size_t row = 0; row < 60; ++row) {
    for (float& value : rows.Row(row)) value = 0.4f * (random.NextFloat() - 0.5f);
    rows.Row(row)[row % 6 < 3 ? 0 : row % 6 < 5 ? 1 : 2] += 1;
    Normalize(rows.Row(row));
  }
  return rows;
}

TEST(ClusterRows, GivesTheLargestClusterFirstAndItsCentralRowFirst) {
  const AlignedMatrix rows = Bundles();
  const auto clusters = ClusterRows(rows, {.cluster_count = 3});
  ASSERT_THAT(clusters, SizeIs(3));
  EXPECT_THAT(clusters[0].rows, SizeIs(30));
  EXPECT_THAT(clusters[1].rows, SizeIs(20));
  EXPECT_THAT(clusters[2].rows, SizeIs(10));
  std::set<std::size_t> seen;
  for (const RowCluster& cluster : clusters) {
    // The mean of the rows, by hand.
    std::vector<float> centre(6);
    for (const ClusteredRow& each : cluster.rows) AddScaled(centre, 1, rows.Row(each.row));
    Normalize(centre);
    double sum = 0;
    for (const ClusteredRow& each : cluster.rows) {
      seen.insert(each.row);
      EXPECT_NEAR(each.cosine, Dot(rows.Row(each.row), centre), 1e-5);
      sum += double{each.cosine};
    }
    EXPECT_NEAR(cluster.mean_cosine, sum / static_cast<double>(cluster.rows.size()), 1e-9);
    EXPECT_TRUE(std::ranges::is_sorted(cluster.rows, std::greater(), &ClusteredRow::cosine));
  }
  EXPECT_THAT(seen, SizeIs(60));
}

TEST(ClusterRows, LeavesOutEmptyClusters) {
  AlignedMatrix rows(5, 2);
  for (std::size_t row = 0; row < 5; ++row) rows.Row(row)[0] = 1;
  EXPECT_THAT(ClusterRows(rows, {.cluster_count = 3}), SizeIs(1));
}

TEST(ClusterRows, WantsAsManyRowsAsClusters) {
  AlignedMatrix rows(2, 2);
  rows.Row(0)[0] = rows.Row(1)[1] = 1;
  EXPECT_THAT(ClusterRows(rows, {.cluster_count = 2}), SizeIs(2));
  EXPECT_THROW(ClusterRows(rows, {.cluster_count = 3}), Error);
}

}  // namespace
}  // namespace wordkin::query
