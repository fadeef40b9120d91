#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/unit/common/store/store_surgery.h"
#include "tests/unit/common/store/store_testing.h"

namespace wordkin {
namespace {

using testing::HasSubstr;

class StoredGloveRows : public testing::Test {
 protected:
  EmbeddingTable Table() const {
    EmbeddingTable table = MakeTable(9, 15);
    AddGloveRows(table);
    return table;
  }
  std::string Crafted(const std::function<void(StoreSurgery&)>& change) const {
    StoreSurgery surgery(ReadBytes(path_));
    change(surgery);
    surgery.Repair();
    WriteBytes(path_, surgery.bytes());
    AskEverything(path_);
    return VerifyRefusal(path_);
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.PathOf("v.kin");
};

TEST_F(StoredGloveRows, ComeBackBitForBitAtAnyPrecision) {
  const EmbeddingTable table = Table();
  for (const Precision precision : kAllPrecisions) {
    WriteTable(path_, table, precision, "{}", "{}");
    VerifyStore(path_);
    const EmbeddingStore store(path_);
    // A vector of 15, a bias and a 1 take two lines, and so do their sums.
    ASSERT_EQ(store.glove_word_rows().size(), 9u * 64);
    ASSERT_EQ(store.glove_context_rows().size(), 9u * 64);
    for (std::size_t row = 0; row < 9; ++row) {
      EXPECT_TRUE(std::ranges::equal(store.glove_word_rows().subspan(row * 64, 64),
                                     table.glove_word_rows.Row(row)));
      EXPECT_TRUE(std::ranges::equal(store.glove_context_rows().subspan(row * 64, 64),
                                     table.glove_context_rows.Row(row)));
    }
  }
}

TEST_F(StoredGloveRows, AreKeptBesideATrainingStateOnly) {
  WriteTable(path_, Table(), Precision::kFloat32, "{}");
  VerifyStore(path_);
  const EmbeddingStore store(path_);
  EXPECT_TRUE(store.glove_word_rows().empty());
  EXPECT_TRUE(store.glove_context_rows().empty());
}

TEST_F(StoredGloveRows, AreNotWrittenWhenTheyAreNotFiniteOrOfAnotherWidth) {
  EmbeddingTable table = Table();
  table.glove_context_rows.Row(3)[40] = NAN;
  EXPECT_THAT(Refusal([&] { WriteTable(path_, table, Precision::kFloat32, "{}", "{}"); }),
              HasSubstr("the GloVe context row of 'w3' holds a value"));
  table = Table();
  table.glove_word_rows = AlignedMatrix(9, 32);
  EXPECT_THAT(Refusal([&] { WriteTable(path_, table, Precision::kFloat32, "{}", "{}"); },
                      ErrorKind::kInternal),
              HasSubstr("not every word has the GloVe word row"));
}

TEST_F(StoredGloveRows, AreFoundByVerifyWhenTheyAreNotFinite) {
  for (const SectionKind kind : {SectionKind::kGloveWordRows, SectionKind::kGloveContextRows}) {
    WriteTable(path_, Table(), Precision::kFloat32, "{}", "{}");
    EXPECT_THAT(Crafted([&](StoreSurgery& surgery) { surgery.SetContent(kind, 8, NAN); }),
                HasSubstr(std::string(SectionName(kind)) + " holds a value that is not finite"));
  }
}

TEST_F(StoredGloveRows, AreRefusedAtOpeningWhenTheirLengthDoesNotFitTheShape) {
  EmbeddingTable table = Table();
  table.output_rows = MakeTable(9, 15, 2).rows;
  WriteTable(path_, table, Precision::kFloat32, "{}");
  EXPECT_THAT(Crafted([](StoreSurgery& surgery) {
                surgery.SetEntry(SectionKind::kOutputRows, 0, SectionKind::kGloveWordRows);
              }),
              HasSubstr("glove-word-rows has a length of 540 bytes, which should be 2304"));
  EXPECT_NE(OpeningRefusal(path_), "");
}

}  // namespace
}  // namespace wordkin
