#include "query/evaluation/set_scores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "query/evaluation/set_comparison.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using ::testing::SizeIs;

std::vector<AnsweredItem> RightAndWrong(const std::vector<int>& right) {
  std::vector<AnsweredItem> items;
  for (std::size_t i = 0; i < right.size(); ++i) {
    items.push_back({.number = i, .value = static_cast<double>(right[i])});
  }
  return items;
}

TEST(SetScores, AccuraciesHaveWilsonsIntervalAndTheBootstrapsBeside) {
  const ScoreEstimate estimate =
      EstimateScore(SetKind::kOddOneOut, RightAndWrong({1, 1, 1, 1, 1, 1}), {});
  EXPECT_EQ(estimate.score, 1);
  EXPECT_EQ(estimate.method, IntervalMethod::kWilson);
  EXPECT_EQ(estimate.interval.low, WilsonInterval(6, 6).low);
  EXPECT_EQ(estimate.bootstrap.low, 1) << "which is why it is not the one that is shown";
}

TEST(SetScores, CorrelationsHaveTheBootstrapsInterval) {
  std::vector<AnsweredItem> items;
  for (std::size_t i = 0; i < 30; ++i) {
    const double judged = static_cast<double>(i);
    items.push_back({.value = judged + static_cast<double>(i * 37 % 20), .judged = judged});
  }
  const ScoreEstimate estimate = EstimateScore(SetKind::kSimilarity, items, {});
  EXPECT_EQ(estimate.method, IntervalMethod::kBootstrap);
  EXPECT_EQ(estimate.interval.low, estimate.bootstrap.low);
  EXPECT_LT(estimate.interval.low, estimate.score);
  EXPECT_GT(estimate.interval.high, estimate.score);
  // About Fisher's, since there are no wild values.
  const Interval fisher = SpearmanInterval(estimate.score, 30);
  EXPECT_NEAR(estimate.interval.low, fisher.low, 0.15);
  EXPECT_NEAR(estimate.interval.high, fisher.high, 0.15);
}

TEST(SetScores, PuritysIntervalDrawsCategoriesWhole) {
  std::vector<AnsweredItem> items = RightAndWrong({1, 1, 1, 1, 0, 0, 0, 0});
  for (AnsweredItem& item : items) item.group = item.number / 4;
  const ScoreEstimate estimate = EstimateScore(SetKind::kCategories, items, {});
  EXPECT_EQ(estimate.score, 0.5);
  EXPECT_EQ(estimate.interval.low, 0);
  EXPECT_EQ(estimate.interval.high, 1);
}

TEST(SetScores, AreNoNumbersOfNothing) {
  for (const SetKind kind :
       {SetKind::kAnalogies, SetKind::kSimilarity, SetKind::kCategories, SetKind::kOddOneOut}) {
    const ScoreEstimate estimate = EstimateScore(kind, {}, {});
    EXPECT_TRUE(std::isnan(estimate.score));
    EXPECT_TRUE(std::isnan(estimate.interval.low));
  }
}

TEST(PartByFrequency, MakesBinsOfAboutAsManyItems) {
  std::vector<AnsweredItem> items = RightAndWrong({1, 1, 0, 1, 0, 0});
  const WordId rarest[] = {50, 10, 40, 20, 60, 30};
  for (std::size_t i = 0; i < items.size(); ++i) items[i].rarest = rarest[i];
  const std::vector<FrequencyBin> bins = PartByFrequency(items, 3);
  ASSERT_THAT(bins, SizeIs(3));
  EXPECT_EQ(bins[0].most_frequent, 10u);
  EXPECT_EQ(bins[0].rarest, 20u);
  EXPECT_EQ(ScoreOf(SetKind::kAnalogies, bins[0].items), 1);
  EXPECT_EQ(ScoreOf(SetKind::kAnalogies, bins[1].items), 0);
  EXPECT_EQ(ScoreOf(SetKind::kAnalogies, bins[2].items), 0.5);
}

TEST(PartByFrequency, KeepsItemsOfOneRarestWordTogetherAndUnseenOnesApart) {
  std::vector<AnsweredItem> items = RightAndWrong({1, 1, 1, 1, 1, 1, 1});
  const WordId rarest[] = {5, 5, 5, 5, 9, kUnseenWord, kUnseenWord};
  for (std::size_t i = 0; i < items.size(); ++i) items[i].rarest = rarest[i];
  const std::vector<FrequencyBin> bins = PartByFrequency(items, 4);
  ASSERT_THAT(bins, SizeIs(3));
  EXPECT_THAT(bins[0].items, SizeIs(4));
  EXPECT_THAT(bins[1].items, SizeIs(1));
  EXPECT_TRUE(bins[2].is_unseen);
  EXPECT_THAT(bins[2].items, SizeIs(2));
  EXPECT_THAT(PartByFrequency({}, 4), SizeIs(0));
}

// The same words in two stores; the second has lost its way with one, and lacks another.
class SetComparisonTest : public ::testing::Test {
 protected:
  SetComparison Compare(const QuestionSet& set) const {
    return CompareOnSet(*first_, *second_, set, {}, {});
  }
  const OwnedStore first_{TableOf({{"cat", {1, 0, 0}},
                                   {"dog", {0.9f, 0.1f, 0}},
                                   {"cow", {1, 0, 0.1f}},
                                   {"plum", {0, 1, 0}},
                                   {"pear", {0, 0.9f, 0.1f}},
                                   {"fig", {0.1f, 1, 0}}}),
                          Precision::kFloat32};
  const OwnedStore second_{TableOf({{"cat", {1, 0, 0}},
                                    {"dog", {0.1f, 0.9f, 0}},
                                    {"plum", {0, 1, 0}},
                                    {"pear", {0, 0.9f, 0.1f}},
                                    {"fig", {0.1f, 1, 0}}}),
                           Precision::kFloat32};
};

TEST_F(SetComparisonTest, CountsItemsThatBothAnswer) {
  const SetComparison comparison =
      Compare(std::vector<OddOneOutQuestion>{{{"cat", "cow", "plum"}},
                                             {{"cat", "dog", "fig", "pear"}},
                                             {{"plum", "pear", "dog"}},
                                             {{"fig", "plum", "cat"}},
                                             {{"pear", "fig", "dog"}}});
  EXPECT_EQ(comparison.items, 4u);
  EXPECT_EQ(comparison.skipped, 1u);
  EXPECT_NEAR(comparison.first_score - comparison.second_score, -comparison.difference, 1e-12);
  EXPECT_LE(comparison.interval.low, comparison.difference);
  EXPECT_GE(comparison.interval.high, comparison.difference);
}

TEST_F(SetComparisonTest, ClustersTheWordsThatBothKnow) {
  const SetComparison comparison = Compare(std::vector<WordCategory>{
      {"cat", "a"}, {"dog", "a"}, {"cow", "a"}, {"plum", "f"}, {"pear", "f"}, {"fig", "f"}});
  EXPECT_EQ(comparison.items, 5u) << "without the cow";
  EXPECT_EQ(comparison.skipped, 1u);
  EXPECT_EQ(comparison.first_score, 1);
  EXPECT_NEAR(comparison.second_score, 0.8, 1e-12) << "the dog is among the fruits";
  // One of the two categories lost a word: 2 of the 4 ways to sign {-1, 0} are as far, or all.
  EXPECT_EQ(comparison.p_value, 1);
}

TEST_F(SetComparisonTest, ClustersAgainWithoutWordsThatOneLacks) {
  // With the saw, whose category only the first knows, it has a cluster more, and the dog, which
  // lies near the fruits, has one for itself. Without it the dog falls to the fruits.
  const WordRows common = {{"cat", {1, 0, 0}},
                           {"dog", {0, 0.8f, 0.6f}},
                           {"plum", {0, 1, 0}},
                           {"pear", {0, 1, 0.05f}},
                           {"fig", {0, 1, 0.1f}}};
  WordRows with_saw = common;
  with_saw.push_back({"saw", {1, 0.05f, 0}});
  const std::vector<WordCategory> words = {{"cat", "a"},  {"dog", "a"}, {"plum", "f"},
                                           {"pear", "f"}, {"fig", "f"}, {"saw", "t"}};
  const OwnedStore first(TableOf(with_saw), Precision::kFloat32);
  const OwnedStore second(TableOf(common), Precision::kFloat32);
  EXPECT_NEAR(ScoreOf(SetKind::kCategories, AnswerSet(*first, words, {}).items), 5.0 / 6, 1e-12)
      << "the saw shares the cat's cluster";
  const SetComparison comparison = CompareOnSet(*first, *second, words, {}, {});
  EXPECT_EQ(comparison.items, 5u);
  EXPECT_NEAR(comparison.first_score, 0.8, 1e-12);
  EXPECT_EQ(comparison.difference, 0);
}

TEST_F(SetComparisonTest, TestsCorrelationsOfTheSamePairs) {
  const SetComparison comparison = Compare(std::vector<JudgedPair>{{"cat", "dog", 9},
                                                                   {"cat", "cow", 9},
                                                                   {"plum", "pear", 8},
                                                                   {"dog", "fig", 2},
                                                                   {"cat", "pear", 1}});
  EXPECT_EQ(comparison.items, 4u);
  EXPECT_GT(comparison.first_score, comparison.second_score);
  EXPECT_LT(comparison.difference, 0);
  EXPECT_GT(comparison.p_value, 0.1) << "four pairs say nothing";
}

TEST_F(SetComparisonTest, HasNoPValueWithoutScores) {
  const SetComparison comparison = Compare(std::vector<JudgedPair>{{"cat", "dog", 9}});
  EXPECT_TRUE(std::isnan(comparison.difference));
  EXPECT_TRUE(std::isnan(comparison.p_value));
}

}  // namespace
}  // namespace wordkin::query
