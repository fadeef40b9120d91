#include "query/evaluation/set_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/evaluation/evaluation.h"
#include "query/evaluation/set_scores.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using ::testing::SizeIs;

// Axes: country, capital, female, royal.
const WordRows kWorld = {{"greece", {3, 0, 0.5f, 0}}, {"athens", {3, 2, 0.5f, 0}},
                         {"norway", {3, 0, -1, 0}},   {"oslo", {3, 2, -1, 0}},
                         {"man", {0, 0, -1, 0.1f}},   {"king", {0, 0, -1, 2}},
                         {"woman", {0, 0, 1, 0.1f}},  {"queen", {0, 0, 1, 2}},
                         {"OSLO", {0, 5, 0, 0}},      {"\xC3\xA9t\xC3\xA9", {1, 1, 1, 1}}};

class SetAnswersTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& text) const {
    const std::string path = folder_.PathOf("set.txt");
    WriteText(path, text);
    return path;
  }
  AnalogyReport Analogies(const std::string& path, std::size_t top,
                          AnalogyMethod method = AnalogyMethod::kAdd) const {
    const std::vector<QuestionSection> questions = ReadQuestionFile(path);
    return ReportAnalogies(questions,
                           AnswerSet(*store_, questions, {.top = top, .method = method}));
  }
  SimilarityReport Similarities(const std::string& text) const {
    return ReportSimilarity(AnswerSet(*store_, ReadJudgedPairs(Write(text)), {}));
  }
  TemporaryFolder folder_;
  OwnedStore store_{TableOf(kWorld), Precision::kTwoPlane};
};

TEST_F(SetAnswersTest, CountsRightWrongAndSkippedBySection) {
  const std::string path = Write(
      ": capitals\ngreece athens norway oslo\nathens greece oslo norway\n"
      "greece athens norway nosuchtown\n"
      ": people\nman king woman queen\nman king woman oslo\n");
  for (const AnalogyMethod method :
       {AnalogyMethod::kAdd, AnalogyMethod::kMultiply, AnalogyMethod::kDirection}) {
    const AnalogyReport report = Analogies(path, 8, method);
    ASSERT_THAT(report.sections, SizeIs(2));
    EXPECT_EQ(report.sections[0].name, "capitals");
    EXPECT_EQ(report.sections[0].asked, 2u);
    EXPECT_EQ(report.sections[0].correct, 2u);
    EXPECT_EQ(report.sections[0].skipped, 1u);
    EXPECT_EQ(report.sections[1].asked, 2u);
    EXPECT_EQ(report.sections[1].correct, 1u);
    EXPECT_EQ(report.asked, 4u);
    EXPECT_EQ(report.correct, 3u);
    EXPECT_EQ(report.skipped, 1u);
  }
}

TEST_F(SetAnswersTest, LooksWordsUpAsWrittenThenInSmallLetters) {
  const std::string path = Write("Greece ATHENS Norway Oslo\n");
  EXPECT_EQ(Analogies(path, 0).correct, 1u);
  // "OSLO" is a word of its own here, so the answer "oslo" is not it.
  const std::string shouted = Write("Greece ATHENS Norway OSLO\n");
  EXPECT_EQ(Analogies(shouted, 0).correct, 0u);
  // Beyond the limit it is none.
  EXPECT_EQ(Analogies(shouted, 8).correct, 1u);
  const SimilarityReport similarity = Similarities("\xC3\x89T\xC3\x89 Man 1\n");
  EXPECT_EQ(similarity.pairs, 1u);
}

TEST_F(SetAnswersTest, SkipsQuestionsWithAWordBeyondTheLimit) {
  const std::string path = Write(": s\ngreece athens norway oslo\n");
  const AnalogyReport report = Analogies(path, 3);
  EXPECT_EQ(report.asked, 0u);
  EXPECT_EQ(report.skipped, 1u);
}

TEST_F(SetAnswersTest, AllowsAWordTwiceInAQuestion) {
  const AnalogyReport report = Analogies(Write("man man king queen\n"), 8);
  EXPECT_EQ(report.asked, 1u);
}

TEST_F(SetAnswersTest, AsksNothingOfAnEmptyFile) {
  const AnalogyReport report = Analogies(Write(""), 0, AnalogyMethod::kMultiply);
  EXPECT_EQ(report.asked, 0u);
  EXPECT_THAT(report.sections, SizeIs(0));
  EXPECT_TRUE(std::isnan(Similarities("").spearman));
}

TEST_F(SetAnswersTest, CorrelatesCosinesWithJudgements) {
  // By cosine the first two change places: 1 - 6 * (1 + 1) / (4 * 15).
  const SimilarityReport report = Similarities(
      "greece\tathens\t9\ngreece\tnorway\t8\nman\twoman\t1\ngreece\tking\t2\nman\tzeus\t5\n");
  EXPECT_EQ(report.pairs, 4u);
  EXPECT_EQ(report.skipped, 1u);
  EXPECT_NEAR(report.spearman, 0.8, 1e-9);
}

TEST_F(SetAnswersTest, NumbersItemsAsTheSetDoesAndTellsTheirRarestWord) {
  const SetAnswers answers =
      AnswerSet(*store_, std::vector<JudgedPair>{{"zeus", "man", 1}, {"man", "athens", 2}}, {});
  EXPECT_EQ(answers.skipped, 1u);
  ASSERT_THAT(answers.items, SizeIs(1));
  EXPECT_EQ(answers.items[0].number, 1u);
  EXPECT_EQ(answers.items[0].judged, 2);
  EXPECT_EQ(answers.items[0].rarest, 4u) << "man is rarer than athens";
}

TEST_F(SetAnswersTest, AreTheSameForAnyNumberOfThreads) {
  std::vector<QuestionSection> sections(1);
  for (int i = 0; i < 700; ++i) {
    sections[0].questions.push_back({"greece", "athens", i % 3 == 0 ? "man" : "norway", "oslo"});
  }
  const SetAnswers one = AnswerSet(*store_, sections, {});
  const SetAnswers three = AnswerSet(*store_, sections, {.thread_count = 3});
  EXPECT_EQ(ScoreOf(one.kind, one.items), ScoreOf(three.kind, three.items));
  ASSERT_THAT(three.items, SizeIs(700));
  for (std::size_t i = 0; i < 700; ++i) EXPECT_EQ(three.items[i].value, one.items[i].value);
  EXPECT_EQ(one.items[1].value, 1);
  EXPECT_EQ(one.items[0].value, 0);
}

// Three bunches of words, as clear as can be, and one word astray.
const WordRows kBunches = {{"cat", {1, 0, 0}},  {"dog", {0.9f, 0.1f, 0}},  {"cow", {1, 0, 0.1f}},
                           {"plum", {0, 1, 0}}, {"pear", {0, 0.9f, 0.1f}}, {"fig", {0.1f, 1, 0}},
                           {"saw", {0, 0, 1}},  {"axe", {0, 0.1f, 0.9f}},  {"crane", {0.1f, 0, 1}}};

class BunchedAnswers : public ::testing::Test {
 protected:
  const OwnedStore store_{TableOf(kBunches), Precision::kFloat32};
};

TEST_F(BunchedAnswers, PurityIsTheShareOfTheClustersMajorities) {
  // The crane lies with the tools: of 9 words 8 belong to their cluster's majority.
  const std::vector<WordCategory> words = {
      {"cat", "animal"},   {"plum", "fruit"}, {"saw", "tool"},   {"Dog", "animal"},
      {"pear", "fruit"},   {"axe", "tool"},   {"cow", "animal"}, {"fig", "fruit"},
      {"crane", "animal"}, {"yak", "animal"}};
  const SetAnswers answers = AnswerSet(*store_, words, {});
  EXPECT_EQ(answers.skipped, 1u);
  ASSERT_THAT(answers.items, SizeIs(9));
  EXPECT_EQ(answers.items[8].value, 0);
  EXPECT_EQ(answers.items[8].group, answers.items[0].group);
  EXPECT_NEAR(ScoreOf(answers.kind, answers.items), 8.0 / 9, 1e-12);
}

TEST(SetAnswersOfCategories, HaveAsManyClustersAsKnownCategories) {
  // In two clusters the dog falls to the fruits; a third, for birds that are unknown, would part it
  // from them.
  const OwnedStore store(TableOf({{"cat", {1, 0, 0}},
                                  {"dog", {0, 0.8f, 0.6f}},
                                  {"plum", {0, 1, 0}},
                                  {"pear", {0, 1, 0.05f}},
                                  {"fig", {0, 1, 0.1f}}}),
                         Precision::kFloat32);
  const std::vector<WordCategory> words = {{"cat", "a"},  {"dog", "a"}, {"plum", "f"},
                                           {"pear", "f"}, {"fig", "f"}, {"wren", "b"}};
  EXPECT_NEAR(ScoreOf(SetKind::kCategories, AnswerSet(*store, words, {}).items), 0.8, 1e-12);
}

TEST_F(BunchedAnswers, AreNoneOfASingleKnownCategory) {
  const SetAnswers answers =
      AnswerSet(*store_, std::vector<WordCategory>{{"cat", "a"}, {"dog", "a"}, {"wren", "b"}}, {});
  EXPECT_THAT(answers.items, SizeIs(0));
  EXPECT_EQ(answers.skipped, 3u);
  EXPECT_TRUE(std::isnan(ScoreOf(answers.kind, answers.items)));
}

TEST_F(BunchedAnswers, FindTheLastWordOddOrNot) {
  const std::vector<OddOneOutQuestion> questions = {{{"cat", "dog", "cow", "plum"}},
                                                    {{"plum", "cat", "pear"}},
                                                    {{"saw", "axe", "yak"}},
                                                    {{"Saw", "AXE", "crane", "fig"}}};
  const SetAnswers answers = AnswerSet(*store_, questions, {});
  EXPECT_EQ(answers.skipped, 1u);
  ASSERT_THAT(answers.items, SizeIs(3));
  EXPECT_EQ(answers.items[0].value, 1);
  EXPECT_EQ(answers.items[1].value, 0) << "the cat is odd, not the last";
  EXPECT_EQ(answers.items[2].value, 1);
  EXPECT_EQ(answers.items[2].number, 3u);
}

}  // namespace
}  // namespace wordkin::query
