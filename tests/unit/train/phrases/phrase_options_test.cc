#include "train/phrases/phrase_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/support/error.h"
#include "train/phrases/pair_scores.h"

namespace wordkin::train {
namespace {

using ::testing::HasSubstr;

std::string RefusalOf(const std::string& joiner) {
  PhraseOptions options;
  options.joiner = joiner;
  try {
    CheckPhraseOptions(options);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "";
}

TEST(PhraseOptions, TakeJoinersThatKeepWordsTogether) {
  for (const std::string joiner : {"_", "", "\u2581", "::"}) EXPECT_EQ(RefusalOf(joiner), "");
}

TEST(PhraseOptions, RefuseJoinersThatWouldPartWordsOrBreakText) {
  EXPECT_THAT(RefusalOf(" "), HasSubstr("part them again"));
  EXPECT_THAT(RefusalOf("a\u3000"), HasSubstr("part them again"));
  EXPECT_THAT(RefusalOf("\uFEFF"), HasSubstr("part them again"));
  EXPECT_THAT(RefusalOf(std::string("\0", 1)), HasSubstr("part them again"));
  EXPECT_THAT(RefusalOf("\xFF"), HasSubstr("not valid UTF-8"));
  EXPECT_THAT(RefusalOf("_________________"), HasSubstr("longer than 16 bytes"));
}

TEST(PairScore, IsWord2vecsWithTheLeastCountTakenOff) {
  PhraseOptions options;
  options.min_count = 5;
  EXPECT_DOUBLE_EQ(ScoreOfPair({15, 20, 50, 1000}, options), 10.0);
  EXPECT_DOUBLE_EQ(ScoreOfPair({5, 5, 5, 1000}, options), 0.0);
}

TEST(PairScore, LiesBetweenMinusOneAndOneWhenNormalized) {
  PhraseOptions options;
  options.score = PhraseScore::kNpmi;
  // Always together, independent, and a pair that is the whole corpus.
  EXPECT_DOUBLE_EQ(ScoreOfPair({10, 10, 10, 1000}, options), 1.0);
  EXPECT_NEAR(ScoreOfPair({10, 100, 100, 1000}, options), 0.0, 1e-12);
  EXPECT_DOUBLE_EQ(ScoreOfPair({7, 7, 7, 7}, options), 1.0);
  EXPECT_NEAR(ScoreOfPair({1, 1000, 1000, 1000}, options), -1.0, 1e-12);
}

}  // namespace
}  // namespace wordkin::train
