#include "query/search/nearest_rows.h"

#include <gtest/gtest.h>

#include <atomic>

#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

AlignedMatrix UnitRows(std::size_t row_count) {
  AlignedMatrix rows = std::move(MakeBunchedTable(row_count, 24, 5, 3).rows);
  for (std::size_t row = 0; row < row_count; ++row) Normalize(rows.Row(row));
  return rows;
}

TEST(NearestRows, AreThoseOfHighestCosineWithoutTheRowItself) {
  const AlignedMatrix rows = UnitRows(150);
  const auto found = NearestRows(rows, 12, 2, kGoOn);
  ASSERT_EQ(found.size(), 150u);
  for (std::size_t row = 0; row < 150; ++row) {
    std::vector<Neighbor> all;
    for (std::size_t other = 0; other < 150; ++other) {
      if (other == row) continue;
      all.push_back({static_cast<WordId>(other), Dot(rows.Row(row), rows.Row(other))});
    }
    KeepBest(all, 12);
    EXPECT_EQ(Ids(found[row]), Ids(all));
    EXPECT_NEAR(found[row].front().score, all.front().score, 1e-6);
  }
}

TEST(NearestRows, AreTheSameForAnyNumberOfThreads) {
  const AlignedMatrix rows = UnitRows(203);
  const auto one = NearestRows(rows, 9, 1, kGoOn);
  const auto four = NearestRows(rows, 9, 4, kGoOn);
  for (std::size_t row = 0; row < 203; ++row) EXPECT_EQ(Ids(one[row]), Ids(four[row]));
}

TEST(NearestRows, AreAllOthersWhereTheyAreFew) {
  EXPECT_EQ(NearestRows(UnitRows(4), 10, 2, kGoOn)[2].size(), 3u);
  EXPECT_TRUE(NearestRows(UnitRows(1), 10, 2, kGoOn)[0].empty());
}

TEST(NearestRows, EndEarlyWhenToldTo) {
  const std::atomic<bool> stop{true};
  EXPECT_TRUE(NearestRows(UnitRows(50), 10, 2, stop)[0].empty());
}

}  // namespace
}  // namespace wordkin::query
