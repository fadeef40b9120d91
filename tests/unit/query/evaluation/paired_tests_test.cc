#include "query/evaluation/paired_tests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace wordkin::query {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::IsNan;

TEST(McNemarTest, AgreesWithBinomialSumsInWholeNumbers) {
  EXPECT_NEAR(McNemarTest(0, 5), 0.0625, 1e-12);
  EXPECT_NEAR(McNemarTest(7, 1), 0.0703125, 1e-12);
  EXPECT_NEAR(McNemarTest(5, 15), 0.04138946533203125, 1e-12);
  EXPECT_NEAR(McNemarTest(10, 25), 0.01667384780012071, 1e-12);
  EXPECT_NEAR(McNemarTest(600, 500), 0.0028195449914364275, 1e-10);
  EXPECT_NEAR(McNemarTest(4000, 4300), 0.001029736761268161, 1e-9);
}

TEST(McNemarTest, FindsNothingWhereNothingDiffers) {
  EXPECT_NEAR(McNemarTest(0, 0), 1, 1e-12);
  EXPECT_EQ(McNemarTest(10, 10), 1);
}

TEST(SignFlipTest, CountsAllWaysWhereTheyAreFew) {
  // 22 of the 64 ways to sign these come as far from 0 as 6.5 does.
  EXPECT_EQ(SignFlipTest(std::vector<double>{3, -1, 2, 0.5, 4, -2}, {}), 22.0 / 64);
  EXPECT_EQ(SignFlipTest(std::vector<double>{1}, {}), 1);
  EXPECT_EQ(SignFlipTest({}, {}), 1);
}

TEST(SignFlipTest, AgreesWithMcNemarWhereAllDifferencesAreOne) {
  std::vector<double> differences(40, 1.0);
  differences.insert(differences.end(), 62, -1.0);
  differences.insert(differences.end(), 500, 0.0);
  EXPECT_NEAR(SignFlipTest(differences, {.sample_count = 20'000}), McNemarTest(40, 62), 0.005);
}

TEST(SpearmanSwapTest, AgreesWithAllWaysToExchange) {
  // Correlations of 0.762 and 0.976; 12 of the 256 ways part them as far. The scales do not matter.
  const std::vector<double> judged = {1, 2, 3, 4, 5, 6, 7, 8};
  const std::vector<double> first = {0.1, 0.5, 0.2, 0.4, 0.3, 0.8, 0.6, 0.7};
  const std::vector<double> second = {10, 20, 30, 50, 40, 60, 70, 80};
  const double p_value = SpearmanSwapTest(first, second, judged, {.sample_count = 40'000});
  EXPECT_NEAR(p_value, 12.0 / 256, 0.004);
  EXPECT_EQ(p_value,
            SpearmanSwapTest(first, second, judged, {.sample_count = 40'000, .thread_count = 3}));
}

TEST(SpearmanSwapTest, FindsNothingBetweenTheSame) {
  const std::vector<double> judged = {1, 2, 3, 4, 5};
  const std::vector<double> cosines = {0.3, 0.1, 0.2, 0.5, 0.6};
  EXPECT_EQ(SpearmanSwapTest(cosines, cosines, judged, {.sample_count = 100}), 1);
}

TEST(SpearmanSwapTest, IsNoNumberWithoutACorrelation) {
  const std::vector<double> judged = {1, 2, 3};
  const std::vector<double> equal = {1, 1, 1};
  EXPECT_THAT(SpearmanSwapTest(judged, equal, judged, {}), IsNan());
  EXPECT_THAT(SpearmanSwapTest({}, {}, {}, {}), IsNan());
}

TEST(HolmAdjusted, RaisesTheLeastMost) {
  constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(HolmAdjusted(std::vector<double>{0.04, 0.01, kNotANumber, 0.03, 0.02}),
              ElementsAre(DoubleEq(0.06), DoubleEq(0.04), IsNan(), DoubleEq(0.06), DoubleEq(0.06)));
  EXPECT_THAT(HolmAdjusted(std::vector<double>{0.6, 0.7}), ElementsAre(1, 1));
}

}  // namespace
}  // namespace wordkin::query
