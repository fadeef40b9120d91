#include "common/math/int8_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "common/math/instruction_set.h"
#include "tests/unit/common/math/owned_plane.h"

namespace wordkin {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

constexpr std::uint16_t kOneHalf = 0x3800;  // 0.5 in half precision

std::vector<std::vector<float>> AllScores(const ScanPlane& plane, std::size_t row_count,
                                          std::span<const ScanQuery> queries) {
  std::vector<std::vector<float>> all(queries.size());
  ScoreRows(plane, row_count, queries, [&](const ScoredRun& run) {
    for (std::size_t q = 0; q < queries.size(); ++q) {
      EXPECT_EQ(all[q].size(), run.first_row);
      all[q].insert(all[q].end(), run.scores[q], run.scores[q] + run.row_count);
    }
  });
  return all;
}

std::vector<std::uint32_t> BestOf(const ScanPlane& plane, std::size_t row_count,
                                  const ScanQuery& query, std::size_t limit) {
  BestRows best(limit);
  FindBestRows(plane, {0, row_count}, {&query, 1}, {&best, 1});
  std::vector<std::uint32_t> rows;
  for (const ScoredRow& each : best.Take()) rows.push_back(each.row);
  return rows;
}

// Runs for each instruction set that this processor has.
class Int8Scan : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { UseInstructionSet(GetParam()); }
  void TearDown() override { UseInstructionSet(AvailableInstructionSets().front()); }
};

TEST_P(Int8Scan, EqualsThePlainLoopForEveryNumberOfQueriesAndShape) {
  Random random(7);
  for (const std::size_t row_count : {1, 15, 16, 17, 500, 512, 513, 1100}) {
    for (const std::size_t dimension : {1, 3, 4, 5, 100}) {
      OwnedPlane rows(row_count, dimension);
      rows.FillAtRandom(random);
      for (std::size_t count = 1; count <= kMaxScanQueries; ++count) {
        std::vector<ScanQuery> queries;
        for (std::size_t q = 0; q < count; ++q) queries.push_back(RandomQuery(random, dimension));
        const auto scores = AllScores(rows.view(), row_count, queries);
        for (std::size_t q = 0; q < count; ++q) {
          ASSERT_EQ(scores[q].size(), row_count);
          for (std::size_t row = 0; row < row_count; ++row) {
            ASSERT_EQ(scores[q][row], PlainScore(rows, row, queries[q]))
                << row_count << " x " << dimension << ", query " << q << " of " << count;
          }
        }
      }
    }
  }
}

TEST_P(Int8Scan, FindsTheSameRangeByRange) {
  // Every row twice: equal scores far apart.
  constexpr std::size_t kRows = 6000, kDimension = 64;
  Random random(8);
  OwnedPlane rows(kRows, kDimension);
  for (std::size_t row = 0; row < kRows; ++row) {
    for (std::size_t column = 0; column < kDimension; column += 2) {
      rows.Set(row, column, static_cast<int>((row % (kRows / 2) * 37 + column) % 255) - 127);
    }
  }
  const std::vector<ScanQuery> queries = {RandomQuery(random, kDimension),
                                          RandomQuery(random, kDimension)};
  std::vector<BestRows> alone(2, BestRows(25)), together(2, BestRows(25));
  FindBestRows(rows.view(), {0, kRows - 3}, queries, alone);
  for (std::size_t first = 0; first < kRows; first += 1600) {
    std::vector<BestRows> part(2, BestRows(25));
    FindBestRows(rows.view(), {first, std::min(first + 1600, kRows - 3)}, queries, part);
    for (std::size_t q = 0; q < 2; ++q) together[q].OfferAll(std::move(part[q]));
  }
  for (std::size_t q = 0; q < 2; ++q) {
    const std::vector<ScoredRow> expected = alone[q].Take(), found = together[q].Take();
    ASSERT_EQ(found.size(), 25u);
    for (std::size_t i = 0; i < 25; ++i) {
      EXPECT_EQ(found[i].row, expected[i].row);
      EXPECT_EQ(found[i].score, expected[i].score);
    }
  }
}

TEST_P(Int8Scan, DoesNotSaturateAtTheExtremes) {
  constexpr std::size_t kDimension = 300;
  OwnedPlane rows(3, kDimension);
  for (std::size_t i = 0; i < kDimension; ++i) {
    rows.Set(0, i, 127);
    rows.Set(1, i, -127);
    rows.Set(2, i, -128);  // the byte 0, which only a damaged plane holds
  }
  const ScanQuery query = QuantizeScanQuery(std::vector<float>(kDimension, -0.5f));
  EXPECT_THAT(query.values, Each(-127));
  EXPECT_THAT(AllScores(rows.view(), 3, {&query, 1})[0],
              ElementsAre(-127 * 127 * 300, 127 * 127 * 300, 128 * 127 * 300));
}

TEST_P(Int8Scan, FindsTheBestRowsThatASortFinds) {
  Random random(11);
  OwnedPlane rows(1500, 20);
  rows.FillAtRandom(random);
  const ScanQuery query = RandomQuery(random, 20);
  std::vector<std::uint32_t> order(1500);
  for (std::uint32_t row = 0; row < order.size(); ++row) order[row] = row;
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return PlainScore(rows, a, query) > PlainScore(rows, b, query);
  });
  for (const std::size_t limit : {1, 2, 10, 700, 1499, 1500, 4000}) {
    const auto expected_count = static_cast<std::ptrdiff_t>(std::min<std::size_t>(limit, 1500));
    EXPECT_EQ(BestOf(rows.view(), 1500, query, limit),
              std::vector<std::uint32_t>(order.begin(), order.begin() + expected_count));
  }
}

TEST(BestRows, CountsOnlyWhatIsAboveTheThresholdGiven) {
  BestRows best(10, {}, 0.5f);
  EXPECT_EQ(best.threshold(), 0.5f);
  for (std::uint32_t row = 0; row < 4; ++row) best.Offer(row, 0.25f * static_cast<float>(row));
  const std::vector<ScoredRow> rows = best.Take();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows.front().row, 3u);
}

TEST(BestRows, KeepsNoneWhenNoneAreWanted) {
  BestRows best(0);
  best.Offer(3, 1);
  EXPECT_TRUE(best.Take().empty());
}

TEST_P(Int8Scan, PrefersLowerRowsAmongEqualScores) {
  OwnedPlane rows(2000, 4);
  for (std::size_t row = 0; row < 2000; ++row) rows.Set(row, 0, row % 2 == 0 ? 5 : 9);
  const ScanQuery query = QuantizeScanQuery(std::vector<float>{1, 0, 0, 0});
  EXPECT_THAT(BestOf(rows.view(), 2000, query, 4), ElementsAre(1, 3, 5, 7));
}

TEST_P(Int8Scan, LeavesOutRowsBeyondTheLimitInsideABlock) {
  OwnedPlane rows(40, 4);
  for (std::size_t row = 0; row < 40; ++row) rows.Set(row, 0, static_cast<int>(row));
  const ScanQuery query = QuantizeScanQuery(std::vector<float>{1, 0, 0, 0});
  EXPECT_THAT(BestOf(rows.view(), 21, query, 2), ElementsAre(20, 19));
  EXPECT_EQ(AllScores(rows.view(), 21, {&query, 1})[0].size(), 21u);
  EXPECT_EQ(BestOf(rows.view(), 1000, query, 100).size(), 40u);
}

TEST_P(Int8Scan, RanksByCosineFactorToo) {
  OwnedPlane rows(2, 4);
  rows.Set(0, 0, 100);
  rows.SetFactor(0, kOneHalf);
  rows.Set(1, 0, 60);
  const ScanQuery query = QuantizeScanQuery(std::vector<float>{1, 0, 0, 0});
  EXPECT_THAT(BestOf(rows.view(), 2, query, 2), ElementsAre(1, 0));
}

TEST_P(Int8Scan, NeverReturnsARowWhoseFactorIsNoNumber) {
  OwnedPlane rows(2, 4);
  rows.SetFactor(0, 0x7E00);
  const ScanQuery query = QuantizeScanQuery(std::vector<float>{1, 0, 0, 0});
  EXPECT_THAT(BestOf(rows.view(), 2, query, 2), ElementsAre(1));
}

INSTANTIATE_TEST_SUITE_P(AllInstructionSets, Int8Scan,
                         ::testing::ValuesIn(AvailableInstructionSets()),
                         [](const auto& set) { return set.param; });

TEST(QuantizeScanQuery, UsesTheWholeRangeOfEightBits) {
  const ScanQuery query = QuantizeScanQuery(std::vector<float>{-2, 1, 0.5f, 0, 0.25f});
  EXPECT_THAT(query.values, ElementsAre(-127, 64, 32, 0, 16, 0, 0, 0));
  const double length = std::sqrt(127.0 * 127 + 64 * 64 + 32 * 32 + 16 * 16);
  EXPECT_FLOAT_EQ(query.cosine_scale, static_cast<float>(1 / (127 * length)));
}

TEST(QuantizeScanQuery, KeepsZeroAndTinyAndHugeVectorsFinite) {
  EXPECT_THAT(QuantizeScanQuery(std::vector<float>{0, 0}).values, Each(0));
  EXPECT_THAT(QuantizeScanQuery(std::vector<float>{1e-44f, 0}).values, ElementsAre(127, 0, 0, 0));
  EXPECT_THAT(QuantizeScanQuery(std::vector<float>{3e38f, -3e38f}).values,
              ElementsAre(127, -127, 0, 0));
}

TEST(QuantizeScanQuery, LowersTheLevelWhereADotProductCouldOverflow) {
  const ScanQuery query = QuantizeScanQuery(std::vector<float>(1'000'000, 1.0f));
  EXPECT_THAT(query.values, Each(16));
}

}  // namespace
}  // namespace wordkin
