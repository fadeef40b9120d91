#include "common/math/spherical_k_means.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <vector>

#include "common/math/vector_kernels.h"
#include "common/support/random.h"

namespace wordkin {
namespace {

constexpr std::size_t kPerCluster = 700;

// Three bundles of rows around three axes, one after another.
AlignedMatrix ThreeBundles() {
  Random random(7);
  AlignedMatrix rows(3 * kPerCluster, 5);
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    for (float& value : rows.Row(row)) value = 0.4f * (random.NextFloat() - 0.5f);
    rows.Row(row)[row / kPerCluster] += 1;
    Normalize(rows.Row(row));
  }
  return rows;
}

TEST(SphericalKMeans, FindsBundlesOfRows) {
  const AlignedMatrix rows = ThreeBundles();
  const Clustering clustering = SphericalKMeans(rows, {.cluster_count = 3, .beginnings = 3});
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    EXPECT_EQ(clustering.cluster_of[row], clustering.cluster_of[row / kPerCluster * kPerCluster]);
  }
  EXPECT_NE(clustering.cluster_of[0], clustering.cluster_of[kPerCluster]);
  EXPECT_NE(clustering.cluster_of[0], clustering.cluster_of[2 * kPerCluster]);
  for (std::size_t centre = 0; centre < 3; ++centre) {
    const auto row = clustering.centres.Row(centre);
    EXPECT_NEAR(Dot(row, row), 1, 1e-5);
  }
}

TEST(SphericalKMeans, SaysHowWellItFits) {
  const AlignedMatrix rows = ThreeBundles();
  const Clustering clustering = SphericalKMeans(rows, {.cluster_count = 3, .beginnings = 2});
  double fit = 0;
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    fit += Dot(rows.Row(row), clustering.centres.Row(clustering.cluster_of[row]));
  }
  EXPECT_NEAR(clustering.fit, fit, 1e-3);
  EXPECT_GT(clustering.fit, SphericalKMeans(rows, {.cluster_count = 2, .beginnings = 2}).fit);
}

TEST(SphericalKMeans, IsTheSameForAnyNumberOfThreads) {
  const AlignedMatrix rows = ThreeBundles();
  const Clustering one = SphericalKMeans(rows, {.cluster_count = 9, .thread_count = 1});
  const Clustering three = SphericalKMeans(rows, {.cluster_count = 9, .thread_count = 3});
  EXPECT_EQ(one.cluster_of, three.cluster_of);
  EXPECT_EQ(one.fit, three.fit);
}

TEST(SphericalKMeans, TellsHowFarItIsAndStopsWhenAsked) {
  const AlignedMatrix rows = ThreeBundles();
  std::atomic<bool> stop{false};
  std::vector<double> heard;
  SphericalKMeansOptions options = {.cluster_count = 9, .beginnings = 2};
  options.progress = [&](double fraction) { heard.push_back(fraction); };
  options.stop = &stop;
  SphericalKMeans(rows, options);
  ASSERT_GE(heard.size(), 2u);
  EXPECT_TRUE(std::ranges::is_sorted(heard));
  EXPECT_GT(heard.back(), 0.5);
  EXPECT_LE(heard.back(), 1);
  heard.clear();
  stop = true;
  // Each of which would take its time.
  options.beginnings = std::size_t{1} << 40;
  SphericalKMeans(rows, options);
  EXPECT_TRUE(heard.empty());
}

TEST(SphericalKMeans, LeavesClustersEmptyWhereRowsAreAlike) {
  AlignedMatrix rows(4, 2);
  for (std::size_t row = 0; row < 4; ++row) rows.Row(row)[0] = 1;
  const Clustering clustering = SphericalKMeans(rows, {.cluster_count = 3});
  EXPECT_EQ(std::ranges::count(clustering.cluster_of, clustering.cluster_of[0]), 4);
}

}  // namespace
}  // namespace wordkin
