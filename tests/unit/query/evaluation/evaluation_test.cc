#include "query/evaluation/evaluation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

class Evaluation : public ::testing::Test {
 protected:
  std::string Write(const std::string& text) const {
    const std::string path = folder_.PathOf("set.txt");
    WriteText(path, text);
    return path;
  }
  TemporaryFolder folder_;
  OwnedStore store_{TableOf(kWorld), Precision::kTwoPlane};
};

TEST_F(Evaluation, CountsRightWrongAndSkippedBySection) {
  const std::string path = Write(
      ": capitals\ngreece athens norway oslo\nathens greece oslo norway\n"
      "greece athens norway nosuchtown\n"
      ": people\nman king woman queen\nman king woman oslo\n");
  for (const AnalogyMethod method :
       {AnalogyMethod::kAdd, AnalogyMethod::kMultiply, AnalogyMethod::kDirection}) {
    const AnalogyReport report = EvaluateAnalogies(*store_, path, 8, method);
    EXPECT_EQ(report.file, path);
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

TEST_F(Evaluation, LooksWordsUpAsWrittenThenInSmallLetters) {
  const std::string path = Write("Greece ATHENS Norway Oslo\n");
  EXPECT_EQ(EvaluateAnalogies(*store_, path, 0, AnalogyMethod::kAdd).correct, 1u);
  // "OSLO" is a word of its own here, so the answer "oslo" is not it.
  const std::string shouted = Write("Greece ATHENS Norway OSLO\n");
  EXPECT_EQ(EvaluateAnalogies(*store_, shouted, 0, AnalogyMethod::kAdd).correct, 0u);
  // Beyond the limit it is none.
  EXPECT_EQ(EvaluateAnalogies(*store_, shouted, 8, AnalogyMethod::kAdd).correct, 1u);
  const SimilarityReport similarity =
      EvaluateSimilarity(*store_, Write("\xC3\x89T\xC3\x89 Man 1\n"));
  EXPECT_EQ(similarity.pairs, 1u);
}

TEST_F(Evaluation, SkipsQuestionsWithAWordBeyondTheLimit) {
  const std::string path = Write(": s\ngreece athens norway oslo\n");
  const AnalogyReport report = EvaluateAnalogies(*store_, path, 3, AnalogyMethod::kAdd);
  EXPECT_EQ(report.asked, 0u);
  EXPECT_EQ(report.skipped, 1u);
}

TEST_F(Evaluation, AllowsAWordTwiceInAQuestion) {
  const AnalogyReport report =
      EvaluateAnalogies(*store_, Write("man man king queen\n"), 8, AnalogyMethod::kAdd);
  EXPECT_EQ(report.asked, 1u);
}

TEST_F(Evaluation, AsksNothingOfAnEmptyFile) {
  const AnalogyReport report = EvaluateAnalogies(*store_, Write(""), 0, AnalogyMethod::kMultiply);
  EXPECT_EQ(report.asked, 0u);
  EXPECT_THAT(report.sections, SizeIs(0));
  EXPECT_TRUE(std::isnan(EvaluateSimilarity(*store_, Write("")).spearman));
}

TEST_F(Evaluation, CorrelatesCosinesWithJudgements) {
  // By cosine the first two change places: 1 - 6 * (1 + 1) / (4 * 15).
  const std::string path =
      Write("greece\tathens\t9\ngreece\tnorway\t8\nman\twoman\t1\ngreece\tking\t2\nman\tzeus\t5\n");
  const SimilarityReport report = EvaluateSimilarity(*store_, path);
  EXPECT_EQ(report.file, path);
  EXPECT_EQ(report.pairs, 4u);
  EXPECT_EQ(report.skipped, 1u);
  EXPECT_NEAR(report.spearman, 0.8, 1e-9);
}

}  // namespace
}  // namespace wordkin::query
