#include "common/store/stored_subwords.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "common/store/read_table.h"
#include "tests/unit/common/store/store_surgery.h"
#include "tests/unit/common/store/store_testing.h"

namespace wordkin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr SubwordOptions kFastText = {SubwordHash::kFastText, 3, 6, 50, 1};
constexpr SubwordOptions kFloret = {SubwordHash::kFloret, 2, 4, 40, 3};

class StoredSubwordsTest : public testing::Test {
 protected:
  EmbeddingStore Stored(const EmbeddingTable& table, Precision precision) const {
    WriteTable(path_, table, precision);
    return EmbeddingStore(path_);
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.PathOf("v.kin");
};

void ExpectSameMatrix(const AlignedMatrix& a, const AlignedMatrix& b) {
  ASSERT_EQ(a.row_count(), b.row_count());
  ASSERT_EQ(a.dimension(), b.dimension());
  for (std::size_t row = 0; row < a.row_count(); ++row) {
    EXPECT_EQ(std::memcmp(a.Row(row).data(), b.Row(row).data(), a.dimension() * sizeof(float)), 0);
  }
}

TEST_F(StoredSubwordsTest, ComeBackBitForBitFromFloatRows) {
  for (const bool dense : {false, true}) {
    const EmbeddingTable table = MakeSubwordTable(9, 5, kFastText, dense);
    const EmbeddingStore store = Stored(table, Precision::kFloat32);
    VerifyStore(path_);
    const EmbeddingTable read = ReadTable(store);
    ASSERT_TRUE(read.subwords);
    EXPECT_EQ(read.subwords->options, kFastText);
    EXPECT_EQ(read.subwords->buckets, table.subwords->buckets);
    ExpectSameMatrix(read.subwords->rows, table.subwords->rows);
    ExpectSameMatrix(read.rows, table.rows);
    ExpectSameMatrix(read.word_rows, table.word_rows);
    ExpectSameMatrix(read.output_rows, table.output_rows);
    EXPECT_EQ(store.subwords()->sections().buckets.empty(), dense);
  }
}

TEST_F(StoredSubwordsTest, AreWithinTheErrorOfTheirPrecision) {
  const EmbeddingTable table = MakeSubwordTable(9, 5, kFloret);
  for (const auto& [precision, error] :
       {std::pair{Precision::kInt8, 1 / 254.0f}, std::pair{Precision::kTwoPlane, 1 / 65000.0f}}) {
    const EmbeddingStore store = Stored(table, precision);
    VerifyStore(path_);
    std::vector<float> row(5);
    for (std::size_t i = 0; i < table.subwords->buckets.size(); ++i) {
      store.subwords()->CopyRow(i, row);
      float largest = 0;
      for (const float value : table.subwords->rows.Row(i)) {
        largest = std::max(largest, std::fabs(value));
      }
      for (std::size_t column = 0; column < row.size(); ++column) {
        EXPECT_NEAR(row[column], table.subwords->rows.Row(i)[column], largest * error * 1.01f);
      }
    }
  }
}

TEST_F(StoredSubwordsTest, ComposeAnUnseenWordAsTheMeanOfItsBuckets) {
  for (const SubwordOptions& options : {kFastText, kFloret}) {
    const EmbeddingTable table = MakeSubwordTable(9, 5, options);
    const EmbeddingStore store = Stored(table, Precision::kFloat32);
    std::vector<std::uint32_t> buckets;
    AppendBuckets("unseen", options, buckets);
    std::vector<double> mean(5);
    for (const std::uint32_t bucket : buckets) {
      if (bucket % 3 != 0) continue;  // no row: zeros
      for (std::size_t i = 0; i < mean.size(); ++i) {
        mean[i] += table.subwords->rows.Row(bucket / 3)[i] / static_cast<double>(buckets.size());
      }
    }
    std::vector<float> row(5);
    ASSERT_TRUE(store.CopyUnseenRow("unseen", row));
    for (std::size_t i = 0; i < mean.size(); ++i) EXPECT_NEAR(row[i], mean[i], 1e-6);
  }
}

TEST_F(StoredSubwordsTest, HaveNoRowForAWordWithoutNgramsThatHaveOne) {
  EmbeddingTable table = MakeSubwordTable(9, 5, kFastText);
  table.subwords->buckets = {7};
  table.subwords->rows = AlignedMatrix(1, 5);
  const EmbeddingStore store = Stored(table, Precision::kInt8);
  std::vector<float> row(5);
  std::vector<std::uint32_t> buckets;
  AppendBuckets("a", kFastText, buckets);
  ASSERT_THAT(buckets, ElementsAre(0));
  EXPECT_FALSE(store.CopyUnseenRow("a", row)) << "'<a>' falls into a bucket without a row";
  EXPECT_FALSE(store.CopyUnseenRow("", row)) << "'<>' is shorter than any n-gram";
  EXPECT_FALSE(Stored(MakeTable(9, 5), Precision::kInt8).CopyUnseenRow("a", row));
}

TEST_F(StoredSubwordsTest, MayHaveNoRowsAtAll) {
  EmbeddingTable table = MakeSubwordTable(9, 5, kFastText);
  table.subwords->buckets.clear();
  table.subwords->rows = {};
  for (const Precision precision : kAllPrecisions) {
    const EmbeddingStore store = Stored(table, precision);
    VerifyStore(path_);
    ASSERT_NE(store.subwords(), nullptr);
    EXPECT_EQ(store.subwords()->row_count(), 0u);
  }
}

TEST_F(StoredSubwordsTest, StayWhenAGraphIsAdded) {
  WriteTable(path_, MakeSubwordTable(9, 5, kFastText), Precision::kTwoPlane, "{}", R"({"at":1})");
  const std::string graph = "stands for a graph";
  {
    const EmbeddingStore store(path_);
    AtomicFile file(path_);
    WriteStoreWithSection(file, store, SectionKind::kGraph, std::as_bytes(std::span(graph)));
  }
  VerifyStore(path_);
  const EmbeddingStore store(path_);
  ASSERT_NE(store.subwords(), nullptr);
  EXPECT_EQ(store.subwords()->row_count(), 17u);
  EXPECT_EQ(store.word_rows().size(), 45u);
  EXPECT_EQ(store.output_rows().size(), 45u);
  EXPECT_EQ(store.ReadTrainingState(), R"({"at":1})");
}

TEST_F(StoredSubwordsTest, AreNoneInAStoreWithoutThem) {
  const EmbeddingStore store = Stored(MakeTable(9, 5), Precision::kFloat32);
  EXPECT_EQ(store.subwords(), nullptr);
  EXPECT_TRUE(store.word_rows().empty());
  EXPECT_EQ(store.ReadTrainingState(), "");
  EXPECT_EQ(store.sections().size(), 9u);
}

TEST_F(StoredSubwordsTest, AreNotWrittenWhenTheyAreNotFinite) {
  EmbeddingTable table = MakeSubwordTable(9, 5, kFastText);
  table.subwords->rows.Row(2)[1] = NAN;
  EXPECT_THAT(Refusal([&] { WriteTable(path_, table, Precision::kInt8); }),
              HasSubstr("the row of subword bucket 6 holds a value that is not a finite number"));
  table = MakeSubwordTable(9, 5, kFastText);
  table.output_rows.Row(3)[0] = INFINITY;
  EXPECT_THAT(Refusal([&] { WriteTable(path_, table, Precision::kInt8); }),
              HasSubstr("the output row of 'w3' holds a value"));
}

TEST_F(StoredSubwordsTest, MustRiseAndLieAmongTheBuckets) {
  for (const std::uint32_t bucket : {3u, 50u}) {
    EmbeddingTable table = MakeSubwordTable(9, 5, kFastText);
    table.subwords->buckets.back() = bucket;
    EXPECT_THAT(Refusal([&] { WriteTable(path_, table, Precision::kInt8); }, ErrorKind::kInternal),
                HasSubstr("its subwords have not a row for every bucket"));
  }
}

// What somebody crafts on purpose: checksums fit, content does not.
class CraftedSubwords : public StoredSubwordsTest {
 protected:
  std::string Crafted(Precision precision, const std::function<void(StoreSurgery&)>& change) const {
    WriteTable(path_, MakeSubwordTable(9, 5, kFastText), precision);
    StoreSurgery surgery(ReadBytes(path_));
    change(surgery);
    surgery.Repair();
    WriteBytes(path_, surgery.bytes());
    AskEverything(path_);
    return VerifyRefusal(path_);
  }
};

TEST_F(CraftedSubwords, AreRefusedAtOpeningWhenTheirOptionsCanNotBe) {
  struct Field {
    std::size_t offset;
    std::uint32_t value;
  };
  for (const Field& field :
       std::initializer_list<Field>{{0, 3}, {4, 0}, {4, 7}, {8, 65}, {12, 0}, {16, 2}, {12, 16}}) {
    EXPECT_THAT(Crafted(Precision::kTwoPlane,
                        [&](StoreSurgery& surgery) {
                          surgery.SetContent(SectionKind::kSubwordOptions, field.offset,
                                             field.value);
                        }),
                HasSubstr("section subword-options h"))
        << field.offset;
    EXPECT_NE(OpeningRefusal(path_), "");
  }
}

TEST_F(CraftedSubwords, AreRefusedAtOpeningWhenTheirSectionsDoNotFitTheRows) {
  EXPECT_THAT(Crafted(Precision::kInt8,
                      [](StoreSurgery& surgery) {
                        surgery.SetContent(SectionKind::kSubwordOptions, 24, std::uint64_t{50});
                      }),
              HasSubstr("section subword-buckets has no place in a store of precision int8 and "
                        "subwords as its are"));
  EXPECT_THAT(Crafted(Precision::kInt8,
                      [](StoreSurgery& surgery) {
                        surgery.SetContent(SectionKind::kSubwordOptions, 24, std::uint64_t{18});
                      }),
              HasSubstr("has a length of"));
  EXPECT_NE(OpeningRefusal(path_), "");
}

TEST_F(CraftedSubwords, AreFoundByVerify) {
  constexpr std::size_t kLastBucketAt = 16 * sizeof(std::uint32_t);
  EXPECT_THAT(Crafted(Precision::kInt8,
                      [](StoreSurgery& surgery) {
                        surgery.SetContent(SectionKind::kSubwordBuckets, kLastBucketAt,
                                           std::uint32_t{50});
                      }),
              HasSubstr("does not hold buckets in rising order"));
  EXPECT_THAT(Crafted(Precision::kInt8,
                      [](StoreSurgery& surgery) {
                        surgery.SetContent(SectionKind::kSubwordBuckets, 4, std::uint32_t{49});
                      }),
              HasSubstr("does not hold buckets in rising order"));
  EXPECT_THAT(Crafted(Precision::kInt8,
                      [](StoreSurgery& surgery) {
                        surgery.SetContent(SectionKind::kSubwordHighPlane, 4, std::int8_t{-128});
                      }),
              HasSubstr("subword-high-plane holds a value out of bounds"));
  for (const float scale : {NAN, INFINITY, -1.0f, 0.0f, -0.0f}) {
    EXPECT_THAT(Crafted(Precision::kTwoPlane,
                        [&](StoreSurgery& surgery) {
                          surgery.SetContent(SectionKind::kSubwordScales, 8, scale);
                        }),
                HasSubstr("subword-scales does not fit the planes"))
        << scale;
  }
  for (const SectionKind kind :
       {SectionKind::kSubwordFloatRows, SectionKind::kWordRows, SectionKind::kOutputRows}) {
    EXPECT_THAT(Crafted(Precision::kFloat32,
                        [&](StoreSurgery& surgery) { surgery.SetContent(kind, 8, NAN); }),
                HasSubstr("holds a value that is not finite"));
  }
}

TEST_F(CraftedSubwords, NeverGiveAVectorThatIsNotFinite) {
  const EmbeddingTable table = MakeSubwordTable(9, 5, kFastText, true);
  WriteTable(path_, table, Precision::kFloat32);
  StoreSurgery surgery(ReadBytes(path_));
  surgery.SetContent(SectionKind::kSubwordFloatRows, 0, NAN);
  WriteBytes(path_, surgery.bytes());
  std::vector<float> row(5);
  EXPECT_THAT(Refusal([&] { EmbeddingStore(path_).CopyUnseenRow("a", row); }),
              HasSubstr("its subwords hold values that are not finite"));
}

}  // namespace
}  // namespace wordkin
