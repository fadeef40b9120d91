#include "common/math/int8_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/math/half_float.h"
#include "common/math/instruction_set.h"
#include "tests/unit/common/math/owned_plane.h"

namespace wordkin {
namespace {

using ::testing::Each;

class Int8Record : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { UseInstructionSet(GetParam()); }
  void TearDown() override { UseInstructionSet(AvailableInstructionSets().front()); }
};

TEST_P(Int8Record, ScoresARowExactlyAsTheScanDoes) {
  Random random(5);
  for (const std::size_t dimension : {1, 3, 4, 59, 60, 61, 64, 100, 200, 300}) {
    OwnedPlane rows(40, dimension);
    rows.FillAtRandom(random);
    const ScanQuery query = RandomQuery(random, dimension);
    std::vector<float> expected;
    ScoreRows(rows.view(), 40, {&query, 1}, [&](const ScoredRun& run) {
      expected.assign(run.scores[0], run.scores[0] + run.row_count);
    });
    const Int8RecordQuery record_query = MakeRecordQuery(query, dimension);
    std::vector<std::uint8_t> record(Int8RecordBytes(dimension));
    EXPECT_EQ(record.size() % 64, 0u);
    for (std::size_t row = 0; row < 40; ++row) {
      CopyInt8Record(rows.view(), row, record);
      ASSERT_EQ(ScoreInt8Record(ActiveInt8Dot(), record, record_query), expected[row])
          << "dimension " << dimension << ", row " << row;
    }
  }
}

TEST_P(Int8Record, DoesNotSaturateAtTheExtremes) {
  constexpr std::size_t kDimension = 300;
  OwnedPlane rows(1, kDimension);
  for (std::size_t i = 0; i < kDimension; ++i) rows.Set(0, i, 127);
  std::vector<std::uint8_t> record(Int8RecordBytes(kDimension));
  CopyInt8Record(rows.view(), 0, record);
  for (const float sign : {1.0f, -1.0f}) {
    const ScanQuery query = QuantizeScanQuery(std::vector<float>(kDimension, sign));
    EXPECT_EQ(ScoreInt8Record(ActiveInt8Dot(), record, MakeRecordQuery(query, kDimension)),
              sign * 127 * 127 * kDimension);
  }
}

TEST_P(Int8Record, MultipliesTwoRowsExactly) {
  Random random(6);
  for (const std::size_t dimension : {1, 27, 28, 31, 59, 60, 61, 64, 100, 200, 300}) {
    OwnedPlane rows(2, dimension);
    rows.FillAtRandom(random);
    std::int32_t expected = 0;
    for (std::size_t i = 0; i < dimension; ++i) {
      expected += (rows.view().blocks[rows.view().Offset(0, i)] - 128) *
                  (rows.view().blocks[rows.view().Offset(1, i)] - 128);
    }
    std::vector<std::uint8_t> a(Int8RecordBytes(dimension)), b(Int8RecordBytes(dimension));
    CopyInt8Record(rows.view(), 0, a);
    CopyInt8Record(rows.view(), 1, b);
    EXPECT_EQ(ActiveInt8PairDot()(a.data(), b.data(), a.size()), expected)
        << "dimension " << dimension;
    const float factors =
        HalfToFloat(rows.view().cosine_factors[0]) * HalfToFloat(rows.view().cosine_factors[1]);
    EXPECT_FLOAT_EQ(ScoreInt8Records(ActiveInt8PairDot(), a.data(), b.data(), a.size()),
                    static_cast<float>(expected) * factors);
  }
}

TEST_P(Int8Record, MultipliesTheExtremesWithoutSaturating) {
  constexpr std::size_t kDimension = 300;
  OwnedPlane rows(2, kDimension);
  for (std::size_t i = 0; i < kDimension; ++i) {
    rows.Set(0, i, 127);
    rows.Set(1, i, -127);
  }
  std::vector<std::uint8_t> a(Int8RecordBytes(kDimension)), b(Int8RecordBytes(kDimension));
  CopyInt8Record(rows.view(), 0, a);
  CopyInt8Record(rows.view(), 1, b);
  EXPECT_EQ(ActiveInt8PairDot()(a.data(), b.data(), a.size()), -127 * 127 * 300);
  EXPECT_EQ(ActiveInt8PairDot()(b.data(), b.data(), b.size()), 127 * 127 * 300);
}

INSTANTIATE_TEST_SUITE_P(AllInstructionSets, Int8Record,
                         ::testing::ValuesIn(AvailableInstructionSets()),
                         [](const auto& set) { return set.param; });

TEST(CopyInt8Record, TakesAFactorThatIsNotFiniteForZero) {
  constexpr std::uint16_t kNotFinite[] = {0x7C00, 0xFC00, 0x7E01};
  for (const std::uint16_t factor : kNotFinite) {
    OwnedPlane rows(1, 4);
    rows.Set(0, 0, 100);
    rows.SetFactor(0, factor);
    std::vector<std::uint8_t> record(Int8RecordBytes(4));
    CopyInt8Record(rows.view(), 0, record);
    EXPECT_THAT(std::span(record).last(4), Each(0));
  }
}

}  // namespace
}  // namespace wordkin
