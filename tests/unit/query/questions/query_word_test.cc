#include "query/questions/query_word.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/questions/analogy.h"
#include "query/questions/word_relations.h"
#include "query/search/exact_index.h"
#include "tests/unit/common/store/store_testing.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using testing::ElementsAre;
using testing::FloatEq;

// "<a>" is the one n-gram of the word "a"; fastText puts it into bucket 0 of 50.
EmbeddingTable TableWithOneSubword() {
  EmbeddingTable table = TableOf(
      {{"man", {1, 0, 0}}, {"king", {1, 1, 0}}, {"queen", {0, 1, 1}}, {"woman", {0, 0, 1}}});
  table.subwords = {{SubwordHash::kFastText, 3, 3, 50, 1}, {0}, AlignedMatrix(1, 3)};
  table.subwords->rows.Row(0)[2] = 5;
  return table;
}

TEST(QueryWord, IsTheStoresOwnWhereItHasTheWord) {
  const OwnedStore store(TableWithOneSubword(), Precision::kFloat32);
  const auto word = ResolveWord(*store, "king");
  ASSERT_TRUE(word);
  EXPECT_FALSE(word->is_unseen());
  EXPECT_EQ(word->id, 1u);
}

TEST(QueryWord, IsMadeOfSubwordsAtLengthOneWhereItHasNot) {
  const OwnedStore store(TableWithOneSubword(), Precision::kFloat32);
  const auto word = ResolveWord(*store, "a");
  ASSERT_TRUE(word);
  EXPECT_TRUE(word->is_unseen());
  EXPECT_THAT(word->unit_row, ElementsAre(FloatEq(0), FloatEq(0), FloatEq(1)));
}

TEST(QueryWord, IsNoneWithoutASubwordThatHasARow) {
  const OwnedStore store(TableWithOneSubword(), Precision::kFloat32);
  EXPECT_FALSE(ResolveWord(*store, "b"));
  EXPECT_FALSE(ResolveWord(*store, ""));
  EXPECT_FALSE(ResolveWord(*store, "\xFF"));
  const OwnedStore plain(TableOf({{"man", {1, 0, 0}}}), Precision::kFloat32);
  EXPECT_FALSE(ResolveWord(*plain, "a"));
}

TEST(QueryWord, IsNoneWhenItsSubwordsRowsAreZero) {
  EmbeddingTable table = TableWithOneSubword();
  table.subwords->rows.Row(0)[2] = 0;
  const OwnedStore store(std::move(table), Precision::kFloat32);
  EXPECT_FALSE(ResolveWord(*store, "a"));
}

TEST(QueryWord, TakesPartInEveryQuestionUnseen) {
  const OwnedStore store(TableWithOneSubword(), Precision::kFloat32);
  const QueryWord unseen = *ResolveWord(*store, "a");
  EXPECT_FLOAT_EQ(Similarity(*store, unseen, 3), 1);
  EXPECT_FLOAT_EQ(Similarity(*store, 0, unseen), 0);
  const std::vector<QueryWord> words = {unseen, 3, 0};
  EXPECT_EQ(RankOddOneOut(*store, words).front().position, 2u);
  const ExactIndex index(*store);
  const std::vector<AnalogyQuery> queries = {{0, 1, unseen}};
  for (const AnalogyMethod method :
       {AnalogyMethod::kAdd, AnalogyMethod::kMultiply, AnalogyMethod::kDirection}) {
    const auto answers =
        SolveAnalogies(*store, index, queries, {.method = method, .answer_count = 1});
    EXPECT_EQ(answers[0].front().id, 2u);
  }
}

}  // namespace
}  // namespace wordkin::query
