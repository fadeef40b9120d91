#include "query/evaluation/resampling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "common/support/random.h"

namespace wordkin::query {
namespace {

// One of the normal distribution, by Box and Muller.
double Normal(Random& random) {
  const double u = (static_cast<double>(random.Next32()) + 1) / 4294967297.0;
  const double v = static_cast<double>(random.Next32()) / 4294967296.0;
  return std::sqrt(-2 * std::log(u)) * std::cos(2 * std::numbers::pi * v);
}

Interval IntervalOfMean(const std::vector<double>& values, const ResamplingOptions& options) {
  return BootstrapInterval(
      values.size(), {},
      [&](std::span<const std::uint32_t> times) { return MeanOfSample(values, times); }, options);
}

TEST(BootstrapInterval, IsThatOfTheBinomialDistributionForAShare) {
  // 30 of 100 right: samples have 30 +- 1.96 * sqrt(100 * 0.3 * 0.7) right, in whole numbers.
  std::vector<double> values(100);
  std::fill_n(values.begin(), 30, 1.0);
  const Interval interval = IntervalOfMean(values, {.sample_count = 20'000});
  EXPECT_NEAR(interval.low, 0.21, 0.0101);
  EXPECT_NEAR(interval.high, 0.39, 0.0101);
}

TEST(BootstrapInterval, CoversTheTruthNineteenTimesInTwenty) {
  Random random(5);
  int covered = 0;
  for (int trial = 0; trial < 400; ++trial) {
    std::vector<double> values;
    for (int i = 0; i < 100; ++i) values.push_back(random.Below(10) < 6 ? 1 : 0);
    const Interval interval = IntervalOfMean(values, {.sample_count = 400});
    covered += interval.low <= 0.6 && 0.6 <= interval.high ? 1 : 0;
  }
  // 380 +- 3 * sqrt(400 * 0.95 * 0.05), and somewhat fewer, as percentiles have it.
  EXPECT_GT(covered, 360);
  EXPECT_LT(covered, 394);
}

TEST(BootstrapInterval, CoversTheCorrelationOfNormalValues) {
  // Pairs correlated by 0.6; Spearman's correlation of such is 6 / pi * asin(0.6 / 2).
  const double truth = 6 / std::numbers::pi * std::asin(0.3);
  Random random(7);
  int covered = 0;
  for (int trial = 0; trial < 300; ++trial) {
    std::vector<double> a;
    std::vector<double> b;
    for (int i = 0; i < 80; ++i) {
      a.push_back(Normal(random));
      b.push_back(0.6 * a.back() + 0.8 * Normal(random));
    }
    const Interval interval =
        BootstrapInterval(a.size(), {}, SampledSpearman(a, b), {.sample_count = 400});
    covered += interval.low <= truth && truth <= interval.high ? 1 : 0;
  }
  EXPECT_GT(covered, 265);
  EXPECT_LT(covered, 297);
}

TEST(BootstrapInterval, IsTheSameForAnyNumberOfThreads) {
  std::vector<double> values;
  for (int i = 0; i < 50; ++i) values.push_back(i % 3);
  const Interval one = IntervalOfMean(values, {.sample_count = 500, .seed = 3});
  const Interval four = IntervalOfMean(values, {.sample_count = 500, .seed = 3, .thread_count = 4});
  EXPECT_EQ(one.low, four.low);
  EXPECT_EQ(one.high, four.high);
  EXPECT_NE(one.low, IntervalOfMean(values, {.sample_count = 500, .seed = 4}).low);
}

TEST(BootstrapInterval, DrawsGroupsWhole) {
  // Two groups, one all right and one all wrong: a sample has 0, 4 or 8 of 8 right, and each of the
  // ends comes in a quarter of the samples.
  const std::vector<double> values = {1, 1, 1, 1, 0, 0, 0, 0};
  const std::vector<std::size_t> groups = {7, 7, 7, 7, 2, 2, 2, 2};
  const auto mean = [&](std::span<const std::uint32_t> times) {
    return MeanOfSample(values, times);
  };
  const auto mean_of_whole_groups = [&](std::span<const std::uint32_t> times) {
    EXPECT_TRUE(std::ranges::equal(times.first(4), std::vector<std::uint32_t>(4, times[0])));
    EXPECT_TRUE(std::ranges::equal(times.last(4), std::vector<std::uint32_t>(4, 2 - times[0])));
    return mean(times);
  };
  const Interval together = BootstrapInterval(8, groups, mean_of_whole_groups, {});
  EXPECT_EQ(together.low, 0);
  EXPECT_EQ(together.high, 1);
  const Interval alone = BootstrapInterval(8, {}, mean, {});
  EXPECT_GT(alone.low, 0);
  EXPECT_LT(alone.high, 1);
}

TEST(BootstrapInterval, IsNoNumberOfNothing) {
  EXPECT_TRUE(std::isnan(IntervalOfMean({}, {}).low));
  EXPECT_TRUE(std::isnan(IntervalOfMean({1}, {}).low)) << "samples of one item are all alike";
  // Every sample of equal values has no correlation.
  const std::vector<double> equal(5, 1.0);
  EXPECT_TRUE(std::isnan(BootstrapInterval(5, {}, SampledSpearman(equal, equal), {}).high));
}

TEST(SampledSpearman, IsSpearmansCorrelationOfTheSampleWrittenOut) {
  Random random(11);
  std::vector<double> a;
  std::vector<double> b;
  for (int i = 0; i < 40; ++i) {
    a.push_back(random.Below(9));  // with many ties
    b.push_back(a.back() + random.Below(12));
  }
  const SampledSpearman sampled(a, b);
  for (int trial = 0; trial < 20; ++trial) {
    std::vector<std::uint32_t> times;
    std::vector<double> sample_a;
    std::vector<double> sample_b;
    for (std::size_t i = 0; i < a.size(); ++i) {
      times.push_back(random.Below(4));
      sample_a.insert(sample_a.end(), times.back(), a[i]);
      sample_b.insert(sample_b.end(), times.back(), b[i]);
    }
    EXPECT_NEAR(sampled(times), SpearmanCorrelation(sample_a, sample_b), 1e-12);
  }
  EXPECT_TRUE(std::isnan(sampled(std::vector<std::uint32_t>(40))));
}

}  // namespace
}  // namespace wordkin::query
