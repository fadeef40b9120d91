#include "query/search/search_plan.h"

#include <gtest/gtest.h>

namespace wordkin::query {
namespace {

constexpr MeasuredEffort kEfforts[] = {{16, 0.8f, 600}, {96, 0.95f, 2500}, {320, 0.99f, 7000}};

TEST(SearchPlan, TakesTheLeastEffortThatReachesTheRecall) {
  EXPECT_EQ(EffortFor(kEfforts, 0.5)->effort, 16);
  EXPECT_EQ(EffortFor(kEfforts, 0.81)->effort, 96);
  EXPECT_EQ(EffortFor(kEfforts, 0.96)->effort, 320);
  EXPECT_FALSE(EffortFor(kEfforts, 0.995));
  EXPECT_FALSE(EffortFor({}, 0.5));
}

TEST(SearchPlan, FollowsTheGraphWhereRowsAreMany) {
  EXPECT_TRUE(GraphPays(kEfforts[1], 341'479, 100));
  EXPECT_FALSE(GraphPays(kEfforts[2], 341'479, 100));
  EXPECT_TRUE(GraphPays(kEfforts[2], 2'000'000, 100));
  EXPECT_FALSE(GraphPays(kEfforts[1], 60'000, 100));
  // Longer rows take the scan longer, and the graph hardly.
  EXPECT_TRUE(GraphPays(kEfforts[2], 341'479, 300));
}

TEST(SearchPlan, GoesByFourBitsWhereEightOutgrowTheCache) {
  EXPECT_FALSE(NibblesPay(67'867, 200));
  EXPECT_TRUE(NibblesPay(341'479, 100));
}

}  // namespace
}  // namespace wordkin::query
