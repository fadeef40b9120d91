#include "train/corpus/encoded_corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/support/error.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin::train {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr WordId kEnd = kSentenceEnd;

class EncodingOfText : public ::testing::Test {
 protected:
  EncodingOfText() { options_.min_count = 1; }

  EncodedCorpus Encode(const std::string& text, std::size_t block_bytes = 1 << 20) {
    WriteText(folder_.PathOf("corpus"), text);
    CorpusReader reader({folder_.PathOf("corpus")}, block_bytes);
    return EncodeCorpus(reader, options_, progress_, stop_);
  }

  Error ErrorOf(const std::string& text) {
    try {
      Encode(text, 64);
    } catch (const Error& error) {
      return error;
    }
    return Error(ErrorKind::kInternal, "no error");
  }

  TemporaryFolder folder_;
  CorpusOptions options_;
  CorpusProgress progress_;
  std::atomic<bool> stop_{false};
};

std::vector<std::string> WordsOf(const Vocabulary& vocabulary) {
  std::vector<std::string> words;
  for (WordId id = 0; id < vocabulary.size(); ++id) words.emplace_back(vocabulary.Word(id));
  return words;
}

TEST_F(EncodingOfText, NumbersWordsByFallingCountThenByBytes) {
  const EncodedCorpus corpus = Encode("b a c c a b z c");
  EXPECT_THAT(WordsOf(corpus.vocabulary), ElementsAre("c", "a", "b", "z"));
  EXPECT_EQ(corpus.vocabulary.Count(0), 3u);
  EXPECT_THAT(corpus.ids.ids(), ElementsAre(2u, 1u, 0u, 0u, 1u, 2u, 3u, 0u));
  EXPECT_EQ(corpus.word_count, 8u);
  EXPECT_EQ(corpus.kept_word_count, 8u);
  EXPECT_EQ(corpus.distinct_words, 4u);
  EXPECT_EQ(corpus.bytes_read, 15u);
}

TEST_F(EncodingOfText, PutsOneSentenceEndBetweenLinesThatHoldWords) {
  EXPECT_THAT(Encode("\n\n a\n\n\r\nb a\n \n").ids.ids(), ElementsAre(0u, kEnd, 1u, 0u));
}

TEST_F(EncodingOfText, ClosesTheGapsThatRareWordsLeave) {
  options_.min_count = 2;
  const EncodedCorpus corpus = Encode("rare\na x b\nunique\nb a y\n");
  EXPECT_THAT(WordsOf(corpus.vocabulary), ElementsAre("a", "b"));
  EXPECT_THAT(corpus.ids.ids(), ElementsAre(0u, 1u, kEnd, 1u, 0u));
  EXPECT_EQ(corpus.word_count, 8u);
  EXPECT_EQ(corpus.kept_word_count, 4u);
  EXPECT_EQ(corpus.distinct_words, 6u);
}

TEST_F(EncodingOfText, KeepsTheMostFrequentWordsOnly) {
  options_.max_vocabulary = 2;
  const EncodedCorpus corpus = Encode("a a a b b c c d");
  EXPECT_THAT(WordsOf(corpus.vocabulary), ElementsAre("a", "b"));
  EXPECT_EQ(corpus.kept_word_count, 5u);
}

TEST_F(EncodingOfText, KeepsEarlierWordsWhenItCutsTheVocabulary) {
  const Vocabulary earlier({{"old", 1}, {"b", 1}});
  options_.earlier_vocabulary = &earlier;
  options_.max_vocabulary = 3;
  const EncodedCorpus corpus = Encode("c a a a b c c c");
  EXPECT_THAT(WordsOf(corpus.vocabulary), ElementsAre("c", "b", "old"));
  EXPECT_THAT(corpus.ids.ids(), ElementsAre(0u, 1u, 0u, 0u, 0u));
  options_.max_vocabulary = 2;
  EXPECT_THAT(WordsOf(Encode("c a a a b c c c").vocabulary), ElementsAre("b", "old"));
}

TEST_F(EncodingOfText, UsesTheTokenizerAskedFor) {
  options_.tokenizer = TokenizerKind::kWords;
  EXPECT_THAT(WordsOf(Encode("Don't, don't \u2013 PANIC!").vocabulary),
              ElementsAre("don't", "panic"));
}

TEST_F(EncodingOfText, AddsUpTheNotesOfAllThreads) {
  options_.thread_count = 3;
  std::string text = "\uFEFF";
  for (int i = 0; i < 100; ++i) text += std::string("a\0\xFF ", 4) + std::string(2000, 'x') + "\n";
  const EncodedCorpus corpus = Encode(text, 512);
  EXPECT_EQ(corpus.notes.byte_order_marks, 1u);
  EXPECT_EQ(corpus.notes.nul_bytes, 100u);
  EXPECT_EQ(corpus.notes.invalid_utf8, 100u);
  EXPECT_EQ(corpus.notes.long_words, 100u);
}

TEST_F(EncodingOfText, SaysHowManyWordsThereWereWhenNoneIsFrequentEnough) {
  options_.min_count = 5;
  const Error error = ErrorOf("a b a c");
  EXPECT_EQ(error.kind(), ErrorKind::kUsage);
  EXPECT_THAT(error.what(), HasSubstr("4 words, 3 of them different"));
  EXPECT_THAT(error.what(), HasSubstr("--min-count"));
}

TEST_F(EncodingOfText, RefusesACorpusWithoutWords) {
  for (const std::string text : {"", " \n\n"}) {
    EXPECT_EQ(ErrorOf(text).kind(), ErrorKind::kUsage);
    EXPECT_THAT(ErrorOf(text).what(), HasSubstr("no words"));
  }
  EXPECT_THAT(ErrorOf(std::string(5000, 'x')).what(), HasSubstr("1 longer than 1024 bytes"));
}

TEST_F(EncodingOfText, ThrowsTheErrorOfAnyThread) {
  WriteText(folder_.PathOf("good"), std::string(100'000, ' ') + "a");
  WriteText(folder_.PathOf("bad"), std::string("\x1F\x8B\x08\0\0\0", 6));
  for (const int thread_count : {1, 2, 5}) {
    options_.thread_count = thread_count;
    CorpusReader reader({folder_.PathOf("good"), folder_.PathOf("bad")}, 100);
    try {
      EncodeCorpus(reader, options_, progress_, stop_);
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kDamaged);
      EXPECT_THAT(error.what(), HasSubstr(folder_.PathOf("bad")));
    }
  }
}

TEST_F(EncodingOfText, CarriesOutWhatTheProgressThrows) {
  options_.thread_count = 3;
  progress_ = [](auto, auto, auto) { throw Error(ErrorKind::kNotFound, "thrown"); };
  EXPECT_EQ(ErrorOf("a b c").kind(), ErrorKind::kNotFound);
}

TEST_F(EncodingOfText, ReportsProgressAtTheEndAtLeast) {
  std::vector<std::uint64_t> last;
  progress_ = [&](std::uint64_t bytes, std::uint64_t total, std::uint64_t words) {
    last = {bytes, total, words};
  };
  Encode("a b c");
  EXPECT_THAT(last, ElementsAre(5u, 5u, 3u));
}

TEST_F(EncodingOfText, StopsEarlyWithoutAnError) {
  stop_ = true;
  const EncodedCorpus corpus = Encode("a b c");
  EXPECT_EQ(corpus.word_count, 0u);
  EXPECT_THAT(corpus.ids.ids(), IsEmpty());
}

TEST_F(EncodingOfText, NamesAScratchFolderThatCannotBeUsed) {
  options_.scratch_folder = folder_.PathOf("missing");
  options_.memory_limit_bytes = 1;
  EXPECT_EQ(ErrorOf("a b c").kind(), ErrorKind::kInputOutput);
  EXPECT_THAT(ErrorOf("a b c").what(), HasSubstr(folder_.PathOf("missing")));
}

}  // namespace
}  // namespace wordkin::train
