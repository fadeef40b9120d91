#include "train/prediction/hot_rows.h"

#include <gtest/gtest.h>

#include "train/prediction/row_merging.h"

namespace wordkin::train {
namespace {

constexpr std::size_t kDimension = 3;
constexpr float kRate = 0.1f;

AlignedMatrix Counting() {
  AlignedMatrix rows(5, kDimension);
  for (std::size_t row = 0; row < 5; ++row) {
    for (float& value : rows.Row(row)) value = static_cast<float>(row);
  }
  return rows;
}

TEST(HotRows, AreCopiesAndTheOthersLieInTheMatrix) {
  AlignedMatrix rows = Counting();
  HotRows hot(rows, 3, 2);
  EXPECT_EQ(hot.Visit(2, 1), rows.Row(2).data());
  float* const copy = hot.Visit(3, 1);
  EXPECT_EQ(copy[1], 3);
  copy[1] = 7;
  EXPECT_EQ(rows.Row(3)[1], 3);
  EXPECT_EQ(hot.Visit(3, 1), copy);
}

TEST(HotRows, AddWhatAllThreadsHaveChanged) {
  AlignedMatrix rows = Counting();
  HotRows one(rows, 3, 2);
  HotRows other(rows, 3, 2);
  const float visits = 20;
  one.Visit(4, visits)[0] += 1;
  other.Visit(4, visits / 2)[0] += 10;
  other.Visit(4, visits / 2)[1] -= 2;
  one.Exchange(kRate);
  other.Exchange(kRate);
  const float share = ShareOfChanges(visits, 2, kRate);
  EXPECT_LT(share, 1);
  EXPECT_FLOAT_EQ(rows.Row(4)[0], 4 + share * 11);
  EXPECT_FLOAT_EQ(rows.Row(4)[1], 4 - share * 2);
  EXPECT_EQ(rows.Row(3)[0], 3);
  // The one takes the other's changes over when it next exchanges.
  EXPECT_EQ(one.Visit(4, visits)[1], 4);
  one.Exchange(kRate);
  EXPECT_EQ(one.Visit(4, visits)[1], rows.Row(4)[1]);
  EXPECT_FLOAT_EQ(rows.Row(4)[0], 4 + share * 11);
}

TEST(HotRows, AreNoneBehindTheLastRow) {
  AlignedMatrix rows = Counting();
  HotRows hot(rows, 5, 2);
  EXPECT_EQ(hot.Visit(4, 1), rows.Row(4).data());
  hot.Exchange(kRate);
  EXPECT_EQ(rows.Row(4)[0], 4);
}

TEST(ShareOfChanges, FallsFromAllToTheMean) {
  EXPECT_NEAR(ShareOfChanges(1e-6f, 8, kRate), 1, 1e-3);
  EXPECT_NEAR(ShareOfChanges(1e9f, 8, kRate), 1 / 8.0, 1e-3);
  EXPECT_LT(ShareOfChanges(200, 8, kRate), ShareOfChanges(100, 8, kRate));
}

}  // namespace
}  // namespace wordkin::train
