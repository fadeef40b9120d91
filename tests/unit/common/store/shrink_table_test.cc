#include "common/store/shrink_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/store/read_table.h"
#include "tests/unit/common/store/store_testing.h"

namespace wordkin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ShrinkTable : public testing::Test {
 protected:
  EmbeddingStore Stored(const EmbeddingTable& table) const {
    WriteTable(folder_.PathOf("v.kin"), table, Precision::kFloat32);
    return EmbeddingStore(folder_.PathOf("v.kin"));
  }

  const TemporaryFolder folder_;
};

// Counts are 27, 24, ..., 3.
TEST_F(ShrinkTable, KeepsTheFirstWordsWithinEveryLimit) {
  const EmbeddingStore store = Stored(MakeTable(9, 2));
  EXPECT_EQ(KeptWordCount(store, {}), 9u);
  EXPECT_EQ(KeptWordCount(store, {.maximum_words = 4}), 4u);
  EXPECT_EQ(KeptWordCount(store, {.maximum_words = 40}), 9u);
  EXPECT_EQ(KeptWordCount(store, {.minimum_count = 24}), 2u);
  EXPECT_EQ(KeptWordCount(store, {.maximum_words = 1, .minimum_count = 24}), 1u);
}

TEST_F(ShrinkTable, RefusesCountsThatLeaveNoWordOrAreUnknown) {
  EmbeddingTable table = MakeTable(2, 2);
  EXPECT_THAT(
      Refusal([&] { KeptWordCount(Stored(table), {.minimum_count = 7}); }, ErrorKind::kUsage),
      HasSubstr("the most frequent one does 6 times"));
  table.vocabulary = Vocabulary({{"a", 0}, {"b", 0}});
  EXPECT_THAT(
      Refusal([&] { KeptWordCount(Stored(table), {.minimum_count = 1}); }, ErrorKind::kUsage),
      HasSubstr("it has no counts"));
}

TEST_F(ShrinkTable, KeepsTheRowsOfTheWordsThatStay) {
  const EmbeddingTable table = MakeSubwordTable(9, 2, {SubwordHash::kFastText, 3, 6, 50, 1});
  const EmbeddingTable shrunk = ReadShrunk(Stored(table), 4, 0);
  ASSERT_EQ(shrunk.vocabulary.size(), 4u);
  EXPECT_EQ(shrunk.vocabulary.Word(3), "w3");
  EXPECT_EQ(shrunk.vocabulary.Count(3), 18u);
  EXPECT_EQ(shrunk.rows.Row(3)[1], table.rows.Row(3)[1]);
  EXPECT_EQ(shrunk.subwords->buckets, table.subwords->buckets);
  EXPECT_EQ(shrunk.word_rows.row_count(), 0u);
  EXPECT_EQ(shrunk.output_rows.row_count(), 0u);
}

TEST_F(ShrinkTable, KeepsTheLongestRowsOfBucketsInRisingOrder) {
  EmbeddingTable table = MakeTable(2, 1);
  table.subwords = {{SubwordHash::kFastText, 3, 6, 50, 1}, {3, 8, 20, 49}, AlignedMatrix(4, 1)};
  const float values[] = {2, -5, 1, 3};
  for (std::size_t i = 0; i < 4; ++i) table.subwords->rows.Row(i)[0] = values[i];
  const EmbeddingTable shrunk = ReadShrunk(Stored(table), 2, 2);
  EXPECT_THAT(shrunk.subwords->buckets, ElementsAre(8, 49));
  EXPECT_EQ(shrunk.subwords->rows.Row(0)[0], -5);
  EXPECT_EQ(shrunk.subwords->rows.Row(1)[0], 3);
}

}  // namespace
}  // namespace wordkin
