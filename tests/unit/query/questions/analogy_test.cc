#include "query/questions/analogy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "query/search/exact_index.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr AnalogyMethod kMethods[] = {AnalogyMethod::kAdd, AnalogyMethod::kMultiply,
                                      AnalogyMethod::kDirection};

// Axes: person, royal, female, fruit.
const WordRows kPeople = {{"man", {1, 0, 0, 0}},          {"king", {1, 1, 0, 0}},
                          {"woman", {1, 0, 1, 0}},        {"queen", {1, 1, 1, 0}},
                          {"apple", {0, 0, 0, 1}},        {"pear", {0.1f, 0, 0.1f, 1}},
                          {"prince", {1, 0.9f, -0.1f, 0}}};
constexpr WordId kMan = 0, kKing = 1, kWoman = 2, kQueen = 3, kPear = 5;

// The definitions, word for word, in double precision over every row.
double PlainScore(const EmbeddingStore& store, const AnalogyQuery& query, AnalogyMethod method,
                  WordId x) {
  const auto row = [&](WordId id) { return UnitRowOf(store, id); };
  const auto cosine = [&](WordId id) {
    double sum = 0;
    for (std::size_t i = 0; i < store.dimension(); ++i) sum += double{row(x)[i]} * row(id)[i];
    return sum;
  };
  if (method == AnalogyMethod::kMultiply) {
    const auto positive = [&](WordId id) { return (cosine(id) + 1) / 2; };
    return positive(query.b.id) * positive(query.c.id) / (positive(query.a.id) + 0.001);
  }
  double product = 0;
  double step_length = 0;
  double direction_length = 0;
  for (std::size_t i = 0; i < store.dimension(); ++i) {
    const double direction = double{row(query.b.id)[i]} - row(query.a.id)[i];
    const double step = double{row(x)[i]} - row(query.c.id)[i];
    product += direction * step;
    step_length += step * step;
    direction_length += direction * direction;
  }
  return product / std::sqrt(step_length * direction_length);
}

TEST(SolveAnalogies, FindsTheQueenByEveryMethod) {
  const OwnedStore store(TableOf(kPeople), Precision::kTwoPlane);
  const ExactIndex index(*store);
  const std::vector<AnalogyQuery> queries{{kMan, kKing, kWoman}, {kMan, kWoman, kKing}};
  for (const AnalogyMethod method : kMethods) {
    const auto answers =
        SolveAnalogies(*store, index, queries, {.method = method, .answer_count = 1});
    ASSERT_THAT(answers, SizeIs(2));
    EXPECT_THAT(Ids(answers[0]), ElementsAre(kQueen));
    EXPECT_THAT(Ids(answers[1]), ElementsAre(kQueen));
  }
}

TEST(SolveAnalogies, NeverAnswersWithItsOwnWords) {
  const OwnedStore store(TableOf(kPeople), Precision::kTwoPlane);
  const ExactIndex index(*store);
  const AnalogyQuery query{kMan, kKing, kWoman};
  for (const AnalogyMethod method : kMethods) {
    const std::vector<WordId> ids =
        Ids(SolveAnalogies(*store, index, {&query, 1}, {.method = method, .answer_count = 100})
                .front());
    EXPECT_THAT(ids, ::testing::UnorderedElementsAre(3, 4, 5, 6));
  }
}

TEST(SolveAnalogies, ScoresAsTheDefinitionsSay) {
  const OwnedStore store(MakeTable(600, 12, 3), Precision::kTwoPlane);
  const ExactIndex index(*store);
  const std::vector<AnalogyQuery> queries{
      {0, 1, 2}, {10, 20, 30}, {5, 5, 7}, {3, 4, 4}, {599, 0, 300}};
  for (const AnalogyMethod method : {AnalogyMethod::kMultiply, AnalogyMethod::kDirection}) {
    const auto answers =
        SolveAnalogies(*store, index, queries, {.method = method, .answer_count = 5});
    for (std::size_t i = 0; i < queries.size(); ++i) {
      for (const Neighbor& answer : answers[i]) {
        EXPECT_NEAR(answer.score, PlainScore(*store, queries[i], method, answer.id), 1e-5);
      }
      double best = -2;
      for (WordId id = 0; id < 600; ++id) {
        if (id == queries[i].a.id || id == queries[i].b.id || id == queries[i].c.id) continue;
        best = std::max(best, PlainScore(*store, queries[i], method, id));
      }
      if (answers[i].empty()) continue;  // two words alike have no direction
      EXPECT_NEAR(answers[i].front().score, best, 1e-5);
    }
  }
}

TEST(SolveAnalogies, HasNoDirectionBetweenEqualWords) {
  const OwnedStore store(TableOf(kPeople), Precision::kTwoPlane);
  const ExactIndex index(*store);
  const AnalogyQuery query{kMan, kMan, kWoman};
  EXPECT_THAT(SolveAnalogies(*store, index, {&query, 1},
                             {.method = AnalogyMethod::kDirection, .answer_count = 3})
                  .front(),
              IsEmpty());
  EXPECT_THAT(
      SolveAnalogies(*store, index, {&query, 1}, {.method = AnalogyMethod::kAdd, .answer_count = 3})
          .front(),
      SizeIs(3));
}

TEST(SolveAnalogies, SearchesAmongTheFirstWordsOnlyWhenLimited) {
  const OwnedStore store(TableOf(kPeople), Precision::kTwoPlane);
  const ExactIndex index(*store, 3);
  const AnalogyQuery query{kMan, kKing, kPear};
  for (const AnalogyMethod method : kMethods) {
    EXPECT_THAT(Ids(SolveAnalogies(*store, index, {&query, 1},
                                   {.method = method, .answer_count = 10, .limit_vocabulary = 3})
                        .front()),
                ElementsAre(kWoman));
  }
}

TEST(SolveAnalogies, AnswersManyQueriesAsOneByOne) {
  const OwnedStore store(MakeTable(700, 16, 8), Precision::kTwoPlane);
  const ExactIndex index(*store);
  std::vector<AnalogyQuery> queries;
  for (WordId id = 0; id < 301; ++id) queries.push_back({id, id + 1, id + 2});
  for (const AnalogyMethod method : kMethods) {
    const auto together =
        SolveAnalogies(*store, index, queries, {.method = method, .answer_count = 3});
    ASSERT_THAT(together, SizeIs(queries.size()));
    for (std::size_t i = 0; i < queries.size(); i += 30) {
      const auto alone =
          SolveAnalogies(*store, index, {&queries[i], 1}, {.method = method, .answer_count = 3});
      EXPECT_EQ(Ids(together[i]), Ids(alone.front()));
    }
  }
  EXPECT_THAT(
      SolveAnalogies(*store, index, {}, {.method = AnalogyMethod::kMultiply, .answer_count = 3}),
      IsEmpty());
}

}  // namespace
}  // namespace wordkin::query
