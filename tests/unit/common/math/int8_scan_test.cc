#include "common/math/int8_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "common/math/instruction_set.h"
#include "common/support/random.h"

namespace wordkin {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

// Half-precision numbers 1, 0.5 and 0.
constexpr std::uint16_t kOne = 0x3C00;
constexpr std::uint16_t kOneHalf = 0x3800;

// A plane of one's own memory.
class OwnedPlane {
 public:
  OwnedPlane(std::size_t row_count, std::size_t dimension) {
    plane_.row_count = row_count;
    plane_.dimension = dimension;
    bytes_.assign(plane_.byte_count() + 64, ScanPlane::kZero);
    factors_.assign(plane_.block_count() * ScanPlane::kRowsPerBlock, 0);
    std::fill_n(factors_.begin(), row_count, kOne);
  }
  void Set(std::size_t row, std::size_t column, int value) {
    bytes_[plane_.Offset(row, column)] = static_cast<std::uint8_t>(value + ScanPlane::kZero);
  }
  int Get(std::size_t row, std::size_t column) const {
    return bytes_[plane_.Offset(row, column)] - ScanPlane::kZero;
  }
  void SetFactor(std::size_t row, std::uint16_t half) { factors_[row] = half; }
  void FillAtRandom(Random& random) {
    for (std::size_t row = 0; row < plane_.row_count; ++row) {
      for (std::size_t column = 0; column < plane_.dimension; ++column) {
        Set(row, column, static_cast<int>(random.Below(255)) - 127);
      }
      factors_[row] = static_cast<std::uint16_t>(random.Below(0x7C00));  // any finite one
    }
  }
  ScanPlane view() const {
    ScanPlane plane = plane_;
    plane.blocks = bytes_.data();
    plane.cosine_factors = factors_.data();
    return plane;
  }

 private:
  ScanPlane plane_;
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint16_t> factors_;
};

float FloatOfHalf(std::uint16_t half) {
  const int exponent = half >> 10 & 0x1F;
  const int mantissa = half & 0x3FF;
  return exponent == 0 ? std::ldexp(static_cast<float>(mantissa), -24)
                       : std::ldexp(static_cast<float>(mantissa + 1024), exponent - 25);
}

float PlainScore(const OwnedPlane& rows, std::size_t row, const ScanQuery& query) {
  int dot = 0;
  for (std::size_t i = 0; i < rows.view().dimension; ++i) {
    dot += rows.Get(row, i) * query.values[i];
  }
  return static_cast<float>(dot) * FloatOfHalf(rows.view().cosine_factors[row]);
}

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
  FindBestRows(plane, row_count, {&query, 1}, {&best, 1});
  std::vector<std::uint32_t> rows;
  for (const ScoredRow& each : best.Take()) rows.push_back(each.row);
  return rows;
}

ScanQuery RandomQuery(Random& random, std::size_t dimension) {
  std::vector<float> vector(dimension);
  for (float& value : vector) value = random.NextFloat() * 2 - 1;
  return QuantizeScanQuery(vector);
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
