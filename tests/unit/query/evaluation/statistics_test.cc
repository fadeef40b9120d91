#include "query/evaluation/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace wordkin::query {
namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

TEST(WilsonInterval, AgreesWithTheFormulaWorkedOutByHand) {
  const Interval interval = WilsonInterval(8, 10);
  EXPECT_NEAR(interval.low, 0.49016, 1e-5);
  EXPECT_NEAR(interval.high, 0.94332, 1e-5);
}

TEST(WilsonInterval, StaysWithinZeroAndOneAtTheEdges) {
  const Interval none = WilsonInterval(0, 10);
  EXPECT_NEAR(none.low, 0, 1e-12);
  EXPECT_GE(none.low, 0);
  EXPECT_NEAR(none.high, 0.27753, 1e-5);
  const Interval all = WilsonInterval(10, 10);
  EXPECT_NEAR(all.low, 1 - 0.27753, 1e-5);
  EXPECT_NEAR(all.high, 1, 1e-12);
  EXPECT_LE(all.high, 1);
}

TEST(WilsonInterval, KnowsNothingWithoutTrials) {
  const Interval interval = WilsonInterval(0, 0);
  EXPECT_EQ(interval.low, 0);
  EXPECT_EQ(interval.high, 1);
}

TEST(SpearmanCorrelation, GivesTiesTheirMeanRank) {
  // Ranks of b: 1, 2, 3.5, 5, 3.5; so 8 / sqrt(10 * 9.5).
  const double correlation =
      SpearmanCorrelation(std::vector<double>{1, 2, 3, 4, 5}, std::vector<double>{5, 6, 7, 8, 7});
  EXPECT_NEAR(correlation, 0.8207826816681233, 1e-12);
}

TEST(SpearmanCorrelation, SeesOrderOnly) {
  const std::vector<double> a{0.1, 0.2, 0.3, 0.4};
  EXPECT_DOUBLE_EQ(SpearmanCorrelation(a, std::vector<double>{1, 10, 1000, 1e9}), 1);
  EXPECT_DOUBLE_EQ(SpearmanCorrelation(a, std::vector<double>{4, 3, -2, -100}), -1);
}

TEST(SpearmanCorrelation, IsNoNumberWithoutEnoughOrVariedValues) {
  EXPECT_TRUE(std::isnan(SpearmanCorrelation({}, {})));
  EXPECT_TRUE(
      std::isnan(SpearmanCorrelation(std::vector<double>{1, 2}, std::vector<double>{1, 2})));
  EXPECT_TRUE(
      std::isnan(SpearmanCorrelation(std::vector<double>{1, 2, 3}, std::vector<double>{4, 4, 4})));
  EXPECT_TRUE(std::isnan(
      SpearmanCorrelation(std::vector<double>{1, 2, 3}, std::vector<double>{1, kNotANumber, 3})));
}

TEST(SpearmanInterval, AgreesWithFishersTransformationWorkedOutByHand) {
  const Interval interval = SpearmanInterval(0.5, 103);
  EXPECT_NEAR(interval.low, 0.334170324792, 1e-9);
  EXPECT_NEAR(interval.high, 0.635802824229, 1e-9);
}

TEST(SpearmanInterval, ClosesAtAPerfectCorrelation) {
  const Interval interval = SpearmanInterval(1, 50);
  EXPECT_EQ(interval.low, 1);
  EXPECT_EQ(interval.high, 1);
}

TEST(SpearmanInterval, KnowsNothingWithFewPairs) {
  for (const std::size_t pair_count : {0, 1, 3}) {
    const Interval interval = SpearmanInterval(0.5, pair_count);
    EXPECT_EQ(interval.low, -1);
    EXPECT_EQ(interval.high, 1);
  }
  EXPECT_EQ(SpearmanInterval(kNotANumber, 100).low, -1);
}

}  // namespace
}  // namespace wordkin::query
