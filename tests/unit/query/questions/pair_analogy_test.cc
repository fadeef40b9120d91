#include "query/questions/pair_analogy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "common/math/vector_kernels.h"
#include "common/support/random.h"
#include "query/search/exact_index.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Lt;
using ::testing::Not;
using ::testing::SizeIs;

// Axes: capital, country, and one for each of 14 places, along which a capital and its country lie;
// then words that are neither.
constexpr std::size_t kPlaces = 14;
constexpr WordId Country(std::size_t place) { return static_cast<WordId>(2 * place); }
constexpr WordId Capital(std::size_t place) { return static_cast<WordId>(2 * place + 1); }

EmbeddingTable PlacesTable(std::size_t others = 40) {
  WordRows words;
  Random random(5);
  for (std::size_t word = 0; word < 2 * kPlaces + others; ++word) {
    std::vector<float> row(2 + kPlaces);
    for (float& value : row) value = 0.3f * (random.NextFloat() - 0.5f);
    const std::size_t place = word / 2 % kPlaces;
    row[2 + place] += 1;
    if (word < 2 * kPlaces) row[word % 2] += 0.6f;
    words.emplace_back("w" + std::to_string(word), row);
  }
  return TableOf(words);
}

std::vector<WordPair> FirstPairs(std::size_t count) {
  std::vector<WordPair> pairs;
  for (std::size_t place = 0; place < count; ++place) {
    pairs.push_back({Country(place), Capital(place)});
  }
  return pairs;
}

std::vector<Neighbor> SolveOne(const EmbeddingStore& store, std::span<const WordPair> pairs,
                               const QueryWord& word, const PairAnalogyOptions& options) {
  const ExactIndex index(store, options.limit_vocabulary);
  return PairAnalogy(store, pairs, options).Solve(index, {&word, 1}).front();
}

TEST(PairAnalogy, FindsByAGraphWhatLiesBehindThePairsWords) {
  OwnedStore store(PlacesTable(400), Precision::kTwoPlane);
  store.AddGraph();
  const HnswIndex index(*store, /*search_effort=*/1);
  // All words of the first place but its country and its capital.
  std::vector<WordPair> pairs;
  for (WordId word = 2 * kPlaces; word < store->size(); word += 2 * kPlaces) {
    pairs.push_back({word, word + 1});
  }
  const PairAnalogy analogy(*store, pairs, {.answer_count = 3});
  const QueryWord word = Country(0);
  EXPECT_THAT(analogy.Solve(index, {&word, 1}).front(), SizeIs(3));
}

TEST(PairAnalogy, FindsWhatIsToAWordAsThePairsAre) {
  const OwnedStore store(PlacesTable(), Precision::kTwoPlane);
  const std::vector<WordPair> pairs = FirstPairs(8);
  for (const PairMethod method : {PairMethod::kAverage, PairMethod::kRegression}) {
    for (std::size_t place = 8; place < kPlaces; ++place) {
      const auto found = SolveOne(*store, pairs, Country(place), {.method = method});
      ASSERT_THAT(found, SizeIs(10));
      EXPECT_EQ(found.front().id, Capital(place));
    }
  }
}

TEST(PairAnalogy, AverageOfOnePairIsThePlainAnalogy) {
  const OwnedStore store(MakeTable(300, 12, 3), Precision::kTwoPlane);
  const ExactIndex index(*store);
  const WordPair pair{10, 20};
  const AnalogyQuery query{10, 20, 30};
  const auto plain = SolveAnalogies(*store, index, {&query, 1}, {.answer_count = 8}).front();
  const auto average = SolveOne(*store, {&pair, 1}, WordId{30}, {.answer_count = 8});
  ASSERT_EQ(Ids(average), Ids(plain));
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_NEAR(average[i].score, plain[i].score, 1e-5);
  }
}

TEST(PairAnalogy, RegressionPrefersTheClassOfTheSecondWords) {
  const OwnedStore store(PlacesTable(), Precision::kTwoPlane);
  const WordId own = Country(9);
  // A word that is no capital is nearer.
  const std::vector<float> row = UnitRowOf(*store, own);
  EXPECT_NE(BruteForce(*store, {row, 1, {&own, 1}, nullptr}).front().id, Capital(9));
  const auto found =
      SolveOne(*store, FirstPairs(8), own, {.method = PairMethod::kRegression, .answer_count = 3});
  EXPECT_EQ(found.front().id, Capital(9));
}

TEST(PairAnalogy, ScoresByRegressionAsTheDefinitionSays) {
  // As many other words as capitals: each of them is drawn, so the regression's rows are known.
  const OwnedStore store(PlacesTable(kPlaces), Precision::kFloat32);
  AlignedMatrix rows(store->size(), store->dimension());
  std::vector<bool> is_capital;
  for (WordId id = 0; id < store->size(); ++id) {
    store->CopyUnitRow(id, rows.Row(id));
    is_capital.push_back(id < 2 * kPlaces && id % 2 == 1);
  }
  const LogisticModel model = FitLogisticRegression(rows, is_capital, {.penalty = 1});
  const WordId asked = 2 * kPlaces + 3;
  const auto found =
      SolveOne(*store, FirstPairs(kPlaces), asked,
               {.method = PairMethod::kRegression, .answer_count = 100, .pairs_may_answer = true});
  ASSERT_THAT(found, SizeIs(store->size() - 1));
  for (const Neighbor& each : found) {
    const double logit = Dot(rows.Row(each.id), model.weights) + model.bias;
    const double cosine = Dot(rows.Row(each.id), rows.Row(asked));
    EXPECT_NEAR(each.score, cosine / (1 + std::exp(-logit)), 1e-5);
  }
}

TEST(PairAnalogy, LeavesOutThePairsWordsUnlessTheyMayAnswer) {
  const OwnedStore store(PlacesTable(), Precision::kTwoPlane);
  const std::vector<WordPair> pairs = FirstPairs(8);
  for (const PairMethod method : {PairMethod::kAverage, PairMethod::kRegression}) {
    PairAnalogyOptions options = {.method = method, .answer_count = 100};
    const std::vector<WordId> without = Ids(SolveOne(*store, pairs, Country(3), options));
    EXPECT_THAT(without, SizeIs(2 * kPlaces + 40 - 16));
    EXPECT_THAT(without, Each(Not(Lt(16u))));
    options.pairs_may_answer = true;
    const std::vector<WordId> with = Ids(SolveOne(*store, pairs, Country(3), options));
    EXPECT_EQ(with.front(), Capital(3));
    EXPECT_THAT(with, Not(Contains(Country(3))));
  }
}

TEST(PairAnalogy, AnswersWithinTheLimitAndTheFilter) {
  const OwnedStore store(PlacesTable(), Precision::kTwoPlane);
  const std::vector<WordPair> pairs = FirstPairs(4);
  RowFilter filter(store->size());
  filter.Remove(Capital(9));
  for (const PairMethod method : {PairMethod::kAverage, PairMethod::kRegression}) {
    EXPECT_THAT(Ids(SolveOne(*store, pairs, Country(9),
                             {.method = method, .answer_count = 100, .limit_vocabulary = 10})),
                ::testing::UnorderedElementsAre(8, 9));
    EXPECT_THAT(Ids(SolveOne(*store, pairs, Country(9),
                             {.method = method, .answer_count = 100, .filter = &filter})),
                Not(Contains(Capital(9))));
  }
}

TEST(PairAnalogy, DrawsTheSameWordsForTheSameSeed) {
  const OwnedStore store(MakeTable(500, 10, 3), Precision::kTwoPlane);
  const std::vector<WordPair> pairs{{1, 2}, {3, 4}, {5, 6}};
  PairAnalogyOptions options = {.method = PairMethod::kRegression, .answer_count = 1};
  const float score = SolveOne(*store, pairs, WordId{7}, options).front().score;
  EXPECT_EQ(SolveOne(*store, pairs, WordId{7}, options).front().score, score);
  options.seed = 2;
  EXPECT_NE(SolveOne(*store, pairs, WordId{7}, options).front().score, score);
}

TEST(PairAnalogy, TakesAStoreOfNothingButPairs) {
  const OwnedStore store(
      TableOf({{"a", {1, 0}}, {"b", {0, 1}}, {"c", {1, 0.1f}}, {"d", {0.1f, 1}}}),
      Precision::kFloat32);
  const std::vector<WordPair> pairs{{0, 1}, {1, 0}, {2, 3}};
  EXPECT_THAT(Ids(SolveOne(*store, pairs, WordId{0},
                           {.method = PairMethod::kRegression, .pairs_may_answer = true})),
              SizeIs(3));
}

}  // namespace
}  // namespace wordkin::query
