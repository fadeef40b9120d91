#include "common/math/nibble_plane.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "common/math/instruction_set.h"
#include "common/math/int8_scan.h"
#include "tests/unit/common/math/owned_plane.h"

namespace wordkin {
namespace {

// A plane's rows in 4 bits, with their memory.
struct OwnedNibbles {
  explicit OwnedNibbles(const ScanPlane& plane)
      : packed(PackNibbles(plane)), view(ViewOfNibbles(packed, plane.row_count, plane.dimension)) {}
  std::vector<std::byte> packed;
  NibblePlane view;
};

TEST(NibblePlane, RoundsValuesAndCutsTheLargest) {
  OwnedPlane rows(17, 11);
  rows.Set(16, 0, 127);
  rows.Set(16, 3, -127);
  rows.Set(16, 4, 102);
  rows.Set(16, 9, 15);   // 15 x 7 / 101.6 = 1.03
  rows.Set(16, 10, -7);  // -0.48
  const OwnedNibbles nibbles(rows.view());
  const NibblePlane& plane = nibbles.view;
  EXPECT_EQ(plane.group_count(), 2u);
  EXPECT_EQ(nibbles.packed.size(), plane.byte_count() + 64);
  EXPECT_EQ(plane.Value(16, 0), 7);
  EXPECT_EQ(plane.Value(16, 3), -7);
  EXPECT_EQ(plane.Value(16, 4), 7);
  EXPECT_EQ(plane.Value(16, 9), 1);
  EXPECT_EQ(plane.Value(16, 10), 0);
  EXPECT_EQ(plane.Value(0, 0), 0);
  EXPECT_NEAR(FloatOfHalf(plane.cosine_factors[16]), 7 / std::sqrt(3 * 49 + 1.0), 1e-3);
  EXPECT_EQ(plane.cosine_factors[0], 0);
  EXPECT_EQ(plane.cosine_factors[31], 0);
}

class NibbleScan : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { UseInstructionSet(GetParam()); }
  void TearDown() override { UseInstructionSet(AvailableInstructionSets().front()); }
};

TEST_P(NibbleScan, FindsWhatThePlainLoopFinds) {
  Random random(11);
  for (const std::size_t row_count : {1, 15, 17, 511, 1100}) {
    for (const std::size_t dimension : {1, 4, 5, 8, 9, 100, 300}) {
      OwnedPlane rows(row_count, dimension);
      rows.FillAtRandom(random);
      const OwnedNibbles nibbles(rows.view());
      const NibblePlane& plane = nibbles.view;
      const ScanQuery query = RandomQuery(random, dimension);
      std::vector<ScoredRow> expected;
      for (std::size_t row = 0; row < row_count; ++row) {
        std::int32_t dot = 0;
        for (std::size_t i = 0; i < dimension; ++i) dot += plane.Value(row, i) * query.values[i];
        expected.push_back({static_cast<std::uint32_t>(row),
                            static_cast<float>(dot) * FloatOfHalf(plane.cosine_factors[row])});
      }
      std::ranges::stable_sort(expected, std::greater<>(), &ScoredRow::score);
      BestRows best(20);
      FindBestRows(plane, {0, row_count}, query, best);
      const std::vector<ScoredRow> found = best.Take();
      ASSERT_EQ(found.size(), std::min<std::size_t>(20, row_count));
      for (std::size_t i = 0; i < found.size(); ++i) {
        ASSERT_EQ(found[i].row, expected[i].row) << row_count << " x " << dimension;
        ASSERT_EQ(found[i].score, expected[i].score);
      }
    }
  }
}

TEST_P(NibbleScan, DoesNotSaturateAtTheExtremes) {
  constexpr std::size_t kDimension = 300;
  OwnedPlane rows(1, kDimension);
  for (std::size_t i = 0; i < kDimension; ++i) rows.Set(0, i, 127);
  const OwnedNibbles nibbles(rows.view());
  const float factor = FloatOfHalf(nibbles.view.cosine_factors[0]);
  for (const float sign : {1.0f, -1.0f}) {
    BestRows best(1);
    FindBestRows(nibbles.view, {0, 1}, QuantizeScanQuery(std::vector<float>(kDimension, sign)),
                 best);
    EXPECT_EQ(best.Take().front().score, sign * 7 * 127 * kDimension * factor);
  }
}

INSTANTIATE_TEST_SUITE_P(AllInstructionSets, NibbleScan,
                         ::testing::ValuesIn(AvailableInstructionSets()),
                         [](const auto& set) { return set.param; });

}  // namespace
}  // namespace wordkin
