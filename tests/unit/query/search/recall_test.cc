#include "query/search/recall.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wordkin::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Recall, SpreadsTheRowsAskedAbout) {
  EXPECT_THAT(SpreadRows(4, 10), ElementsAre(0, 2, 5, 7));
  EXPECT_THAT(SpreadRows(9, 3), ElementsAre(0, 1, 2));
  EXPECT_THAT(SpreadRows(5, 0), IsEmpty());
}

TEST(Recall, CountsTrueNeighboursWhereverTheyStand) {
  const Neighbor truth[] = {{7, 0.9f}, {3, 0.8f}, {5, 0.7f}};
  const Neighbor found[] = {{5, 0.7f}, {7, 0.9f}, {1, 0.1f}};
  EXPECT_EQ(CountFound(truth, found), 2u);
  EXPECT_EQ(CountFound({}, found), 0u);
}

}  // namespace
}  // namespace wordkin::query
