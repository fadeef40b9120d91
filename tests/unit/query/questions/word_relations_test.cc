#include "query/questions/word_relations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const WordRows kThings = {{"cat", {1, 0}}, {"dog", {0.9f, 0.1f}}, {"cow", {2, 0.3f}},
                          {"car", {0, 3}}, {"nothing", {0, 0}},   {"anticat", {-4, 0}}};

std::vector<std::size_t> Positions(const std::vector<RankedWord>& ranked) {
  std::vector<std::size_t> positions;
  for (const RankedWord& word : ranked) positions.push_back(word.position);
  return positions;
}

TEST(Similarity, IsTheCosineOfTheVectors) {
  const OwnedStore store(TableOf(kThings), Precision::kFloat32);
  EXPECT_FLOAT_EQ(Similarity(*store, 0, 0), 1);
  EXPECT_FLOAT_EQ(Similarity(*store, 0, 3), 0);
  EXPECT_FLOAT_EQ(Similarity(*store, 0, 5), -1);
  EXPECT_FLOAT_EQ(Similarity(*store, 0, 1), 0.9f / std::sqrt(0.82f));
  EXPECT_FLOAT_EQ(Similarity(*store, 1, 0), Similarity(*store, 0, 1));
}

TEST(Similarity, IsZeroForAZeroVector) {
  const OwnedStore store(TableOf(kThings), Precision::kTwoPlane);
  EXPECT_EQ(Similarity(*store, 0, 4), 0);
  EXPECT_EQ(Similarity(*store, 4, 4), 0);
}

TEST(RankOddOneOut, PutsTheLeastFittingFirst) {
  const OwnedStore store(TableOf(kThings), Precision::kFloat32);
  const std::vector<RankedWord> ranked = RankOddOneOut(*store, std::vector<QueryWord>{0, 3, 1, 2});
  EXPECT_EQ(ranked.front().position, 1u);
  EXPECT_LT(ranked[0].score, ranked[1].score);
}

TEST(RankOddOneOut, KeepsTheOrderOfTheWordsAmongEqualOnes) {
  const OwnedStore store(TableOf(kThings), Precision::kFloat32);
  const std::vector<RankedWord> pair = RankOddOneOut(*store, std::vector<QueryWord>{3, 0});
  EXPECT_THAT(Positions(pair), ElementsAre(0, 1));
  EXPECT_NEAR(pair[0].score, std::sqrt(0.5), 1e-6);
  EXPECT_THAT(Positions(RankOddOneOut(*store, std::vector<QueryWord>{5, 0})), ElementsAre(0, 1));
  EXPECT_THAT(RankOddOneOut(*store, {}), IsEmpty());
}

}  // namespace
}  // namespace wordkin::query
