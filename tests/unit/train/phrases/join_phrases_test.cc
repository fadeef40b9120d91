#include "train/phrases/join_phrases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/support/error.h"
#include "tests/unit/common/support/temporary_folder.h"
#include "train/phrases/phrase_text.h"

namespace wordkin::train {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class JoiningPhrases : public ::testing::Test {
 protected:
  JoiningPhrases() {
    corpus_options_.min_count = 1;
    options_.pass_count = 1;
    options_.min_count = 1;
    options_.threshold = 0;
  }

  JoinedPhrases Join(const std::string& text) {
    WriteText(folder_.PathOf("corpus"), text);
    CorpusReader reader({folder_.PathOf("corpus")});
    EncodedCorpus corpus = EncodeCorpus(reader, ForPhrases(corpus_options_), {}, stop_);
    return JoinPhrases(std::move(corpus), options_, corpus_options_, progress_, stop_);
  }

  std::string TextOf(const JoinedPhrases& joined) {
    std::string text;
    WriteCorpusText(
        joined.corpus, [&](std::string_view piece) { text += piece; }, stop_);
    return text;
  }

  std::string JoinedText(const std::string& text) { return TextOf(Join(text)); }

  TemporaryFolder folder_;
  CorpusOptions corpus_options_;
  PhraseOptions options_;
  PhraseProgress progress_;
  std::atomic<bool> stop_{false};
};

std::vector<std::string> TextsOf(const std::vector<Phrase>& phrases) {
  std::vector<std::string> texts;
  for (const Phrase& phrase : phrases) texts.push_back(phrase.text);
  return texts;
}

// "a b" stands together 20 times among much else: 19 x 60 / (20 x 20) = 2.85; others score less.
std::string Text() {
  std::string text;
  for (int i = 0; i < 20; ++i)
    text += "a b " + std::string(1, static_cast<char>('c' + i % 5)) + '\n';
  return text;
}

TEST_F(JoiningPhrases, JoinsWhatScoresAboveTheThreshold) {
  options_.threshold = 2.84;
  const JoinedPhrases joined = Join(Text());
  EXPECT_THAT(TextsOf(joined.phrases), ElementsAre("a_b"));
  EXPECT_EQ(joined.phrases[0].count, 20u);
  EXPECT_DOUBLE_EQ(joined.phrases[0].score, 2.85);
  EXPECT_EQ(joined.phrases[0].pass, 1);
  EXPECT_EQ(joined.joined_count, 20u);
  EXPECT_THAT(TextOf(joined), HasSubstr("a_b c\na_b d\n"));
  options_.threshold = 2.86;
  EXPECT_THAT(Join(Text()).phrases, IsEmpty());
}

TEST_F(JoiningPhrases, CountsAnewAndNumbersByFallingCount) {
  options_.threshold = 2.84;
  const EncodedCorpus corpus = Join(Text()).corpus;
  ASSERT_EQ(corpus.vocabulary.size(), 6u);  // a and b are gone
  EXPECT_EQ(corpus.vocabulary.Word(0), "a_b");
  EXPECT_EQ(corpus.vocabulary.Count(0), 20u);
  EXPECT_EQ(corpus.vocabulary.Find("a"), std::nullopt);
  EXPECT_EQ(corpus.vocabulary.total_count(), 40u);
  EXPECT_EQ(corpus.kept_word_count, 40u);
  EXPECT_EQ(corpus.word_count, 60u);
  EXPECT_EQ(corpus.distinct_words, 6u);
}

TEST_F(JoiningPhrases, JoinsFromTheLeftAndNoWordTwice) {
  options_.min_count = 2;
  EXPECT_EQ(JoinedText("x x x x x\n"), "x_x x_x x\n");
}

TEST_F(JoiningPhrases, JoinsNoPairAcrossLines) {
  options_.min_count = 2;
  EXPECT_EQ(JoinedText("a\nb\na\nb\na\nb\n"), "a\nb\na\nb\na\nb\n");
}

TEST_F(JoiningPhrases, JoinsLongerPhrasesInLaterPassesWithALowerThreshold) {
  std::string text;
  for (int i = 0; i < 10; ++i) text += "new york city hall w" + std::to_string(i) + "\n";
  options_.min_count = 2;
  EXPECT_THAT(JoinedText(text), HasSubstr("new_york city_hall w0\n"));
  options_.pass_count = 2;
  EXPECT_THAT(JoinedText(text), HasSubstr("new_york_city_hall w0\n"));
  // At first 8 x 50 / 100 = 4; then 8 x 30 / 100 = 2.4.
  options_.threshold = 3.9;
  options_.threshold_fall = 1;
  EXPECT_THAT(JoinedText(text), HasSubstr("new_york city_hall w0\n"));
  options_.threshold_fall = 0.6;
  const JoinedPhrases joined = Join(text);
  EXPECT_THAT(TextOf(joined), HasSubstr("new_york_city_hall w0\n"));
  ASSERT_EQ(joined.phrases.back().text, "new_york_city_hall");
  EXPECT_EQ(joined.phrases.back().pass, 2);
}

TEST_F(JoiningPhrases, LeavesRareWordsOutOfPhrasesAndThenOutOfTheVocabulary) {
  corpus_options_.min_count = 3;
  options_.min_count = 3;
  options_.threshold = -1;
  // 'rare' parts a and b even though it is left out in the end.
  const JoinedPhrases joined = Join("a rare b\na b c\na b c\na b c\n");
  EXPECT_THAT(TextsOf(joined.phrases), ElementsAre("a_b"));
  // a_b leaves nothing of b_c, and a, b are too rare by themselves now.
  EXPECT_EQ(TextOf(joined), "a_b c\na_b c\na_b c\n");
  EXPECT_EQ(joined.corpus.distinct_words, 5u);
}

TEST_F(JoiningPhrases, KeepsTheMostFrequentWordsAndPhrasesOnly) {
  corpus_options_.max_vocabulary = 1;
  options_.threshold = 2.84;
  EXPECT_EQ(Join(Text()).corpus.vocabulary.size(), 1u);
  EXPECT_EQ(Join(Text()).corpus.kept_word_count, 20u);
}

TEST_F(JoiningPhrases, KeepsTheWordsOfAnEarlierVocabularyAndAddsItsCounts) {
  const Vocabulary earlier({{"gone", 50}, {"a_b", 7}, {"a", 3}, {"c", 1}});
  corpus_options_.earlier_vocabulary = &earlier;
  corpus_options_.min_count = 10;
  options_.threshold = 2.84;
  const JoinedPhrases joined = Join(Text());
  const Vocabulary& vocabulary = joined.corpus.vocabulary;
  ASSERT_EQ(vocabulary.size(), 4u);
  EXPECT_EQ(vocabulary.Count(vocabulary.Find("gone").value()), 50u);
  EXPECT_EQ(vocabulary.Count(vocabulary.Find("a_b").value()), 27u);
  EXPECT_EQ(vocabulary.Count(vocabulary.Find("a").value()), 3u);
  EXPECT_EQ(vocabulary.Count(vocabulary.Find("c").value()), 5u);
  EXPECT_EQ(joined.corpus.kept_word_count, 24u);
}

TEST_F(JoiningPhrases, KeepsEarlierWordsWhenItCutsTheVocabulary) {
  const Vocabulary earlier({{"gone", 1}, {"c", 1}});
  corpus_options_.earlier_vocabulary = &earlier;
  corpus_options_.max_vocabulary = 3;
  options_.threshold = 2.84;
  const JoinedPhrases joined = Join(Text());
  const Vocabulary& vocabulary = joined.corpus.vocabulary;
  ASSERT_EQ(vocabulary.size(), 3u);
  for (const char* const word : {"a_b", "c", "gone"}) EXPECT_TRUE(vocabulary.Find(word)) << word;
}

// A second run over joined text, and two ways to one phrase.
TEST_F(JoiningPhrases, GivesOneIdToWhatIsWrittenAlike) {
  const JoinedPhrases known = Join("a b\na b\na_b\n");
  ASSERT_EQ(known.corpus.vocabulary.size(), 1u);
  EXPECT_EQ(known.corpus.vocabulary.Count(0), 3u);
  options_.pass_count = 2;
  options_.threshold = 0.5;
  options_.joiner = "";
  const JoinedPhrases joined = Join("ab c\nab c\na bc\na bc\n");
  ASSERT_EQ(joined.corpus.vocabulary.size(), 1u);
  EXPECT_EQ(TextOf(joined), "abc\nabc\nabc\nabc\n");
}

TEST_F(JoiningPhrases, MakesNoWordThatReadersWouldLeaveOut) {
  const std::string half(kMaxCorpusWordBytes / 2, 'x');
  const std::string less = half.substr(1);
  const std::string text = half + " " + half + "\n" + less + " " + half + "\n";
  const std::string joined = half + " " + half + "\n" + less + "_" + half + "\n";
  EXPECT_TRUE(JoinedText(text + text) == joined + joined);
}

TEST_F(JoiningPhrases, SpillsToTheScratchFolder) {
  corpus_options_.memory_limit_bytes = 16;
  corpus_options_.scratch_folder = folder_.path();
  options_.threshold = 2.84;
  const JoinedPhrases joined = Join(Text());
  EXPECT_FALSE(joined.corpus.ids.is_in_memory());
  EXPECT_THAT(TextOf(joined), HasSubstr("a_b c\na_b d\n"));
}

TEST_F(JoiningPhrases, SaysThatNoWordIsFrequentEnough) {
  corpus_options_.min_count = 100;
  try {
    Join("a b c");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("--min-count"));
  }
}

TEST_F(JoiningPhrases, ReportsItsProgressAndStopsWhenTold) {
  options_.pass_count = 3;
  std::vector<std::pair<int, double>> reports;
  progress_ = [&](int pass, double fraction) {
    reports.emplace_back(pass, fraction);
    stop_ = true;
  };
  Join(Text());
  EXPECT_THAT(reports, ElementsAre(std::pair(1, 0.5)));
}

}  // namespace
}  // namespace wordkin::train
