#include "query/questions/neighbor_rank.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using ::testing::SizeIs;

// The place of 'goal' in a whole sorted list of neighbours.
std::size_t PlaceInList(const EmbeddingStore& store, WordId origin, WordId goal,
                        const RowFilter* filter = nullptr) {
  const std::vector<float> row = UnitRowOf(store, origin);
  const std::vector<WordId> ids = Ids(BruteForce(store, {row, store.size(), {&origin, 1}, filter}));
  const auto found = std::find(ids.begin(), ids.end(), goal);
  return static_cast<std::size_t>(found - ids.begin()) + 1;
}

TEST(RankNeighbors, GivesThePlacesOfAWholeSortedList) {
  const OwnedStore store(MakeBunchedTable(400, 12, 5, 4), Precision::kTwoPlane);
  const std::vector<WordPair> pairs{{0, 1}, {10, 399}, {200, 7}, {33, 34}};
  const auto ranks = RankNeighbors(*store, pairs, {});
  ASSERT_THAT(ranks, SizeIs(pairs.size()));
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    EXPECT_EQ(ranks[i].of_b_near_a, PlaceInList(*store, pairs[i].a.id, pairs[i].b.id));
    EXPECT_EQ(ranks[i].of_a_near_b, PlaceInList(*store, pairs[i].b.id, pairs[i].a.id));
    EXPECT_EQ(ranks[i].word_count, 399u);
  }
}

TEST(RankNeighbors, CountsTheWordsThatAFilterLeavesAndTheTwoAskedAbout) {
  const OwnedStore store(MakeTable(100, 8, 2), Precision::kTwoPlane);
  RowFilter filter(100);
  for (WordId id = 0; id < 100; id += 2) filter.Remove(id);
  const WordPair both_left{1, 3};
  const auto left = RankNeighbors(*store, {&both_left, 1}, {.filter = &filter}).front();
  EXPECT_EQ(left.of_b_near_a, PlaceInList(*store, 1, 3, &filter));
  EXPECT_EQ(left.word_count, 49u);
  const WordPair one_left{1, 4};
  EXPECT_EQ(RankNeighbors(*store, {&one_left, 1}, {.filter = &filter}).front().word_count, 50u);
  const WordPair pair{1, 99};
  const auto limited = RankNeighbors(*store, {&pair, 1}, {.limit_vocabulary = 10}).front();
  EXPECT_EQ(limited.word_count, 10u);
  EXPECT_LE(limited.of_b_near_a, 10u);
}

TEST(RankNeighbors, PutsEqualScoresInTheOrderOfRowsAndUnseenWordsBehind) {
  const OwnedStore store(
      TableOf({{"a", {1, 0}}, {"b", {0.5f, 0.5f}}, {"c", {0.5f, 0.5f}}, {"d", {0.5f, 0.5f}}}),
      Precision::kFloat32);
  QueryWord unseen;
  unseen.unit_row = UnitRowOf(*store, 1);
  const std::vector<WordPair> pairs{{0, 1}, {0, 3}, {0, unseen}};
  const auto ranks = RankNeighbors(*store, pairs, {});
  EXPECT_EQ(ranks[0].of_b_near_a, 1u);
  EXPECT_EQ(ranks[1].of_b_near_a, 3u);
  EXPECT_EQ(ranks[2].of_b_near_a, 4u);
  EXPECT_EQ(ranks[2].word_count, 4u);
}

TEST(RankNeighbors, HasNoPlaceForAWordBesideItself) {
  const OwnedStore store(MakeTable(20, 8, 2), Precision::kTwoPlane);
  const WordPair pair{5, 5};
  const auto ranks = RankNeighbors(*store, {&pair, 1}, {}).front();
  EXPECT_EQ(ranks.of_b_near_a, 0u);
  EXPECT_EQ(ranks.word_count, 0u);
  EXPECT_NEAR(ranks.similarity, 1, 1e-3);
}

}  // namespace
}  // namespace wordkin::query
