#include "query/space/all_but_the_top.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::HasSubstr;

// Mean (10, 1, 0); about it, 25 times as much along the second axis as along the first.
AlignedMatrix Cross() {
  AlignedMatrix rows(4, 3);
  const float values[4][3] = {{11, 1, 0}, {9, 1, 0}, {10, 6, 0}, {10, -4, 0}};
  for (std::size_t row = 0; row < 4; ++row) {
    std::copy(values[row], values[row] + 3, rows.Row(row).begin());
  }
  return rows;
}

auto Near(float x, float y, float z) {
  return ElementsAre(FloatNear(x, 1e-5f), FloatNear(y, 1e-5f), FloatNear(z, 1e-5f));
}

TEST(AllButTheTop, TakesTheMeanAndTheStrongestDirection) {
  AlignedMatrix rows = Cross();
  const CommonParts parts = FindCommonParts(rows, {.component_count = 1});
  EXPECT_THAT(parts.mean, ElementsAre(10, 1, 0));
  EXPECT_NEAR(std::fabs(parts.directions[1]), 1, 1e-12);
  EXPECT_NEAR(parts.share, 25.0 / 26, 1e-12);
  RemoveCommonParts(parts, 1, rows);
  EXPECT_THAT(rows.Row(0), Near(1, 0, 0));
  EXPECT_THAT(rows.Row(1), Near(-1, 0, 0));
  EXPECT_THAT(rows.Row(2), Near(0, 0, 0));
  EXPECT_THAT(rows.Row(3), Near(0, 0, 0));
}

TEST(AllButTheTop, TakesTheMeanAloneWithoutComponents) {
  AlignedMatrix rows = Cross();
  const CommonParts parts = FindCommonParts(rows, {.component_count = 0});
  EXPECT_EQ(parts.share, 0);
  RemoveCommonParts(parts, 1, rows);
  EXPECT_THAT(rows.Row(2), Near(0, 5, 0));
}

TEST(AllButTheTop, LeavesTheMeanWhenAsked) {
  // Not centred, the first axis is by far the strongest.
  AlignedMatrix rows = Cross();
  const CommonParts parts = FindCommonParts(rows, {.component_count = 1, .center = false});
  EXPECT_THAT(parts.mean, ElementsAre(0, 0, 0));
  EXPECT_GT(std::fabs(parts.directions[0]), 0.99);
  RemoveCommonParts(parts, 1, rows);
  EXPECT_NEAR(rows.Row(2)[1] - rows.Row(3)[1], 10, 0.2);
}

TEST(AllButTheTop, KeepsAWordAndItsNgramsConsistent) {
  // A word's row is the mean of its own and its n-grams' rows, before and after.
  EmbeddingTable table = TableOf({{"a", {1, 2, 3}}, {"b", {4, 0, 1}}, {"c", {0, 1, 7}}});
  table.word_rows = AlignedMatrix(3, 3);
  table.output_rows = AlignedMatrix(3, 3);
  table.subwords.emplace();
  table.subwords->buckets = {5, 8};
  table.subwords->rows = AlignedMatrix(2, 3);
  for (std::size_t i = 0; i < 3; ++i) {
    table.subwords->rows.Row(0)[i] = static_cast<float>(i) - 2;
    table.subwords->rows.Row(1)[i] = 3 - static_cast<float>(i * i);
    table.word_rows.Row(0)[i] =
        3 * table.rows.Row(0)[i] - table.subwords->rows.Row(0)[i] - table.subwords->rows.Row(1)[i];
  }
  RemoveCommonParts(FindCommonParts(table.rows, {.component_count = 1}), 2, table);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR((table.word_rows.Row(0)[i] + table.subwords->rows.Row(0)[i] +
                 table.subwords->rows.Row(1)[i]) /
                    3,
                table.rows.Row(0)[i], 1e-5);
  }
  EXPECT_EQ(table.output_rows.row_count(), 0u);
}

TEST(AllButTheTop, TakesAHundredthOfTheDimension) {
  EXPECT_EQ(DefaultComponentCount(16), 1u);
  EXPECT_EQ(DefaultComponentCount(100), 1u);
  EXPECT_EQ(DefaultComponentCount(200), 2u);
  EXPECT_EQ(DefaultComponentCount(250), 3u);
  EXPECT_EQ(DefaultComponentCount(300), 3u);
}

TEST(AllButTheTop, RefusesToLeaveNothing) {
  const auto refusal = [](std::size_t rows, std::size_t dimension, std::size_t count, bool center) {
    return Refusal(
        [&] {
          CheckAllButTheTop(rows, dimension, {count, center, 1});
        },
        ErrorKind::kUsage);
  };
  EXPECT_EQ(refusal(10, 3, 2, true), "");
  EXPECT_THAT(refusal(10, 3, 3, true), HasSubstr("leaves nothing of them; at most 2 can go"));
  EXPECT_THAT(refusal(3, 10, 2, true), HasSubstr("at most 1 can go"));
  EXPECT_EQ(refusal(3, 10, 2, false), "");
  EXPECT_THAT(refusal(1, 10, 1, true), HasSubstr("leaves nothing"));
  EXPECT_THAT(refusal(10, 3, 0, false), HasSubstr("nothing to take away"));
}

TEST(AllButTheTop, CopesWithRowsThatAreAllAlike) {
  AlignedMatrix rows(5, 3);
  for (std::size_t row = 0; row < 5; ++row) rows.Row(row)[1] = 2;
  const CommonParts parts = FindCommonParts(rows, {.component_count = 1});
  EXPECT_EQ(parts.share, 0);
  RemoveCommonParts(parts, 1, rows);
  EXPECT_THAT(rows.Row(4), Near(0, 0, 0));
}

}  // namespace
}  // namespace wordkin::query
