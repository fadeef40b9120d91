#include "cli/training/epoch_evaluation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "query/evaluation/set_scores.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr double kNoScore = std::numeric_limits<double>::quiet_NaN();

class EpochEvaluationTest : public testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) const {
    WriteText(folder_.PathOf(name), text);
    return folder_.PathOf(name);
  }
  EpochScore Evaluate(const std::vector<std::string>& files, const EmbeddingTable& table) const {
    return EpochEvaluation(files, Output()).Evaluate(table.vocabulary, table.rows);
  }
  std::string Output() const { return folder_.PathOf("v.kin"); }
  std::string RefusalOf(const std::string& text) const {
    return Refusal([&] { EpochEvaluation({Write("bad.txt", text)}, Output()); });
  }

  const TemporaryFolder folder_;
  const EmbeddingTable table_ = query::TableOf({{"man", {0, -1, 0.1f}},
                                                {"king", {0, -1, 2}},
                                                {"woman", {0, 1, 0.1f}},
                                                {"queen", {0, 1, 2}},
                                                {"oslo", {3, 0, 0.5f}}});
};

TEST_F(EpochEvaluationTest, ScoresAnalogiesAndPairsKnownByContent) {
  const std::string analogies =
      Write("a.txt", ": royal\nman king woman queen\nMan KING woman oslo\nman king woman duke\n");
  const std::string pairs =
      Write("p.tsv", "# judged\nking\tqueen\t9\nKing\tman\t5\nman\toslo\t1\n");
  const EpochScore score = Evaluate({analogies, pairs}, table_);
  ASSERT_THAT(score.files, SizeIs(2));
  EXPECT_EQ(score.files[0].kind, query::SetKind::kAnalogies);
  EXPECT_EQ(score.files[0].asked, 2u);
  EXPECT_EQ(score.files[0].score, 50);
  EXPECT_EQ(score.files[1].kind, query::SetKind::kSimilarity);
  EXPECT_EQ(score.files[1].asked, 3u);
  EXPECT_NEAR(score.files[1].score, 100, 1e-9);
  EXPECT_NEAR(score.mean, 75, 1e-9);
  EXPECT_EQ(score.Text(), "a.txt 50.0 %, p.tsv 100.0, mean 75.0");
  EXPECT_EQ(score.ToJson()["files"][0]["measure"], "accuracy");
  EXPECT_EQ(score.ToJson()["mean"], 75);
  // The rows lay there for a moment only.
  EXPECT_THAT(folder_.Names(), SizeIs(2));
}

TEST_F(EpochEvaluationTest, AgreesWithTheEvaluationOfAWholeStore) {
  // More words than analogies are sought among; the pairs name some beyond.
  EmbeddingTable table = MakeTable(30'500, 8);
  std::string questions;
  std::string pairs;
  std::string categories;
  std::string odd_ones;
  for (int i = 0; i < 40; ++i) {
    const auto word = [i](int factor) { return "w" + std::to_string(i * factor % 30'500) + " "; };
    questions += word(1) + word(7) + word(1000) + word(30'499) + "\n";
    pairs += word(1) + word(30'499) + std::to_string(i % 7) + "\n";
    categories += word(30'499) + (i % 2 == 0 ? "even\n" : "odd\n");
    odd_ones += word(1) + word(7) + word(30'498) + "\n";
  }
  const std::vector<std::string> files = {Write("q", questions), Write("p", pairs),
                                          Write("c", categories), Write("o", odd_ones)};
  const EpochScore score = Evaluate(files, table);
  const query::OwnedStore store(table, Precision::kTwoPlane);
  const auto answers = [&](std::size_t file) {
    return query::AnswerSet(*store, query::ReadQuestionSet(files[file]), {.top = 30'000});
  };
  EXPECT_LT(answers(0).items.size(), 40u);
  EXPECT_EQ(score.files[0].asked, answers(0).items.size());
  EXPECT_EQ(score.files[1].asked, 40u);
  EXPECT_EQ(score.files[2].asked, 40u);
  EXPECT_EQ(score.files[3].asked, 40u);
  for (std::size_t file = 0; file < files.size(); ++file) {
    EXPECT_EQ(score.files[file].score,
              100 * query::ScoreOf(answers(file).kind, answers(file).items));
  }
  EXPECT_EQ(score.ToJson()["files"][2]["measure"], "purity");
}

TEST_F(EpochEvaluationTest, HasNoScoreWhereNothingCouldBeAsked) {
  const std::string unknown = Write("a.txt", "one two three four\n");
  const std::string pairs = Write("p.txt", "king queen 9\nking man 5\nman oslo 1\n");
  const EpochScore score = Evaluate({unknown, pairs}, table_);
  EXPECT_TRUE(std::isnan(score.files[0].score));
  EXPECT_NEAR(score.mean, 100, 1e-9);
  EXPECT_EQ(score.Text(), "a.txt - %, p.txt 100.0, mean 100.0");
  EXPECT_TRUE(std::isnan(Evaluate({unknown}, table_).mean));
  EXPECT_TRUE(Evaluate({unknown}, table_).ToJson()["mean"].is_null());
}

TEST_F(EpochEvaluationTest, RefusesFilesBeforehand) {
  EXPECT_THAT(Refusal([&] { EpochEvaluation({folder_.PathOf("none")}, Output()); },
                      ErrorKind::kInputOutput),
              HasSubstr("none"));
  const std::string refusal = RefusalOf("only two\n");
  EXPECT_THAT(refusal, HasSubstr("bad.txt': it holds neither judged pairs nor analogies"));
  EXPECT_THAT(refusal, HasSubstr("as judged pairs: "));
  EXPECT_THAT(refusal, HasSubstr("as analogies: "));
  EXPECT_THAT(RefusalOf(""), HasSubstr("neither"));
  EXPECT_THAT(RefusalOf(": a section\n"), HasSubstr("neither"));
}

TEST(StopWhenFlatTest, StopsWhenTheBestIsOldEnough) {
  StopWhenFlat flat(2);
  EXPECT_FALSE(flat.ShouldStop(30));
  EXPECT_TRUE(flat.LatestIsBest());
  EXPECT_FALSE(flat.ShouldStop(30));
  EXPECT_FALSE(flat.LatestIsBest());
  EXPECT_FALSE(flat.ShouldStop(31));
  EXPECT_FALSE(flat.ShouldStop(30.9));
  EXPECT_TRUE(flat.ShouldStop(31));
  EXPECT_EQ(flat.best_epoch(), 3);
}

TEST(StopWhenFlatTest, NeverStopsWithoutPatienceOrScores) {
  StopWhenFlat never(0);
  for (int epoch = 0; epoch < 9; ++epoch) EXPECT_FALSE(never.ShouldStop(-epoch));
  EXPECT_EQ(never.best_epoch(), 1);
  StopWhenFlat blind(1);
  EXPECT_FALSE(blind.LatestIsBest());
  for (int epoch = 0; epoch < 9; ++epoch) EXPECT_FALSE(blind.ShouldStop(kNoScore));
  EXPECT_EQ(blind.best_epoch(), 0);
}

}  // namespace
}  // namespace wordkin::cli
