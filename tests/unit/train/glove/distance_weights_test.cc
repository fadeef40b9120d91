#include "train/glove/distance_weights.h"

#include <gtest/gtest.h>

#include <cmath>

namespace wordkin::train {
namespace {

TEST(DistanceWeights, AreExactForTheUsualWindows) {
  for (int window = 1; window <= 16; ++window) {
    const DistanceWeights result = WeightsForWindow(window);
    ASSERT_EQ(result.weights.size(), static_cast<std::size_t>(window));
    for (std::uint64_t distance = 1; distance <= result.weights.size(); ++distance) {
      EXPECT_EQ(result.weights[distance - 1] * distance, result.unit) << window;
    }
  }
}

TEST(DistanceWeights, AreTheSmallestWholeNumbers) {
  EXPECT_EQ(WeightsForWindow(1).unit, 1u);
  EXPECT_EQ(WeightsForWindow(5).unit, 60u);
  EXPECT_EQ(WeightsForWindow(10).unit, 2520u);
}

TEST(DistanceWeights, AreNearEnoughForTheWidestWindow) {
  const DistanceWeights result = WeightsForWindow(1000);
  for (std::uint64_t distance = 1; distance <= 1000; ++distance) {
    const double weight =
        static_cast<double>(result.weights[distance - 1]) / static_cast<double>(result.unit);
    EXPECT_NEAR(weight * static_cast<double>(distance), 1, 1.1e-5) << distance;
  }
}

}  // namespace
}  // namespace wordkin::train
