#include "query/evaluation/shrink_cost.h"

#include <gtest/gtest.h>

#include <cmath>

#include "common/store/shrink_table.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

constexpr SubwordOptions kOptions = {SubwordHash::kFastText, 3, 4, 50, 1};

// A word's vector is what its subwords make, but for the words with an odd number.
EmbeddingTable TableMadeOfSubwords() {
  EmbeddingTable table = MakeSubwordTable(200, 12, kOptions, true);
  const OwnedStore store(table, Precision::kFloat32);
  std::vector<float> made(12);
  for (WordId id = 0; id < 200; id += 2) {
    store->CopyUnseenRow(store->Word(id), made);
    std::copy(made.begin(), made.end(), table.rows.Row(id).begin());
  }
  return table;
}

EmbeddingTable FirstWords(const EmbeddingTable& table, std::size_t count, std::size_t buckets) {
  return ReadShrunk(*OwnedStore(table, Precision::kFloat32), count, buckets);
}

TEST(ShrinkCost, IsNothingForTheSameWordsAndRows) {
  const EmbeddingTable table = TableMadeOfSubwords();
  const OwnedStore original(table, Precision::kFloat32);
  const OwnedStore shrunk(FirstWords(table, 60, 0), Precision::kFloat32);
  const NeighborRecall recall = MeasureRecall(*original, *shrunk, 1000, 1);
  EXPECT_EQ(recall.sampled, 60u);
  EXPECT_EQ(recall.recall, 1);
  const auto unseen = MeasureUnseen(*original, *shrunk, 50, 1);
  ASSERT_TRUE(unseen);
  EXPECT_TRUE(unseen->were_dropped);
  EXPECT_EQ(unseen->sampled, 50u);
  EXPECT_EQ(unseen->without_vector, 0u);
  EXPECT_EQ(unseen->mean_cosine, unseen->mean_cosine_before);
  EXPECT_GT(unseen->mean_cosine, 0.3);
  EXPECT_LT(unseen->mean_cosine, 0.8);
}

TEST(ShrinkCost, ShowsRoundedAndMissingRows) {
  const EmbeddingTable table = TableMadeOfSubwords();
  const OwnedStore original(table, Precision::kFloat32);
  EmbeddingTable fewer = FirstWords(table, 60, 10);
  for (WordId id = 0; id < 30; ++id) fewer.rows.Row(id)[0] += 3;
  const OwnedStore shrunk(fewer, Precision::kInt8);
  const double recall = MeasureRecall(*original, *shrunk, 60, 1).recall;
  EXPECT_LT(recall, 0.8);
  EXPECT_GT(recall, 0.05);
  const auto unseen = MeasureUnseen(*original, *shrunk, 1000, 1);
  EXPECT_EQ(unseen->sampled, 140u);
  EXPECT_LT(unseen->mean_cosine, unseen->mean_cosine_before - 0.1);
}

TEST(ShrinkCost, AsksKeptWordsWhereNoneWasDropped) {
  const EmbeddingTable table = TableMadeOfSubwords();
  const OwnedStore store(table, Precision::kFloat32);
  const auto unseen = MeasureUnseen(*store, *store, 1000, 1);
  EXPECT_FALSE(unseen->were_dropped);
  EXPECT_EQ(unseen->sampled, 200u);
  const OwnedStore plain(MakeTable(3, 4), Precision::kFloat32);
  EXPECT_FALSE(MeasureUnseen(*plain, *plain, 10, 1));
}

TEST(ShrinkCost, IsNoNumberForOneWord) {
  const OwnedStore store(MakeTable(1, 4), Precision::kFloat32);
  EXPECT_TRUE(std::isnan(MeasureRecall(*store, *store, 10, 1).recall));
}

}  // namespace
}  // namespace wordkin::query
