#include "common/text/word_splitter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/text/utf8.h"
#include "recorded_words.h"

namespace wordkin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Runs(std::string_view text) {
  return Split(text, TokenizerKind::kWhitespace).words;
}
std::vector<std::string> Words(std::string_view text) {
  return Split(text, TokenizerKind::kWords).words;
}

std::vector<std::string> Characters(std::string_view text) {
  return Split(text, TokenizerKind::kCharacters).words;
}

TEST(WhitespaceSplitter, KeepsRunsAsTheyAre) {
  EXPECT_THAT(Runs(" Don't  panic,\tplease! \v\f 42 "),
              ElementsAre("Don't", "panic,", "please!", "42"));
  EXPECT_THAT(Runs(""), IsEmpty());
  EXPECT_THAT(Runs("   "), IsEmpty());
}

TEST(WhitespaceSplitter, PartsAtUnicodeWhiteSpace) {
  EXPECT_THAT(Runs("a\u00A0b\u3000c\u2003\u2003d\u0085e \u00E9t\u00E9"),
              ElementsAre("a", "b", "c", "d", "e", "\u00E9t\u00E9"));
  // A zero-width space is none by its property.
  EXPECT_THAT(Runs("a\u200Bb"), ElementsAre("a\u200Bb"));
}

TEST(WhitespaceSplitter, EndsALineOnceWhateverTheSystem) {
  EXPECT_THAT(
      Runs("a\nb\r\nc\rd\u2028e\u2029f\n\ng"),
      ElementsAre("a", "\n", "b", "\n", "c", "\n", "d", "\n", "e", "\n", "f", "\n", "\n", "g"));
}

TEST(WhitespaceSplitter, CountsCarriageReturnsOnce) {
  EXPECT_EQ(Split("a\r\nb\rc\nd", TokenizerKind::kWhitespace).notes.carriage_returns, 2u);
}

TEST(WhitespaceSplitter, TakesNulForWhiteSpaceAndCountsIt) {
  const SplitText split = Split(std::string_view("a\0b\0\0", 5), TokenizerKind::kWhitespace);
  EXPECT_THAT(split.words, ElementsAre("a", "b"));
  EXPECT_EQ(split.notes.nul_bytes, 3u);
}

TEST(WhitespaceSplitter, ReplacesAndCountsIllFormedSequences) {
  const SplitText split = Split("caf\xE9 \xE2\x82 ok \xF0\x9F\x98\x80", TokenizerKind::kWhitespace);
  EXPECT_THAT(split.words, ElementsAre("caf\uFFFD", "\uFFFD", "ok", "\U0001F600"));
  EXPECT_EQ(split.notes.invalid_utf8, 2u);
}

TEST(WhitespaceSplitter, PartsAtByteOrderMarksAndCountsThem) {
  const SplitText split = Split("one\uFEFFtwo\n\uFEFFthree", TokenizerKind::kWhitespace);
  EXPECT_THAT(split.words, ElementsAre("one", "two", "\n", "three"));
  EXPECT_EQ(split.notes.byte_order_marks, 2u);
}

TEST(WhitespaceSplitter, LeavesOutWordsThatAreTooLongAndCountsThem) {
  const std::string longest(kMaxCorpusWordBytes, 'a');
  const SplitText split = Split(longest + " " + longest + "a b", TokenizerKind::kWhitespace);
  EXPECT_THAT(split.words, ElementsAre(longest, "b"));
  EXPECT_EQ(split.notes.long_words, 1u);
}

TEST(WhitespaceSplitter, MeasuresAWordAsItIsPassedOn) {
  // Each ill-formed byte becomes three.
  const std::string broken(kMaxCorpusWordBytes / 3 + 1, '\xFF');
  const SplitText split = Split(broken + " b", TokenizerKind::kWhitespace);
  EXPECT_THAT(split.words, ElementsAre("b"));
  EXPECT_EQ(split.notes.long_words, 1u);
  EXPECT_EQ(split.notes.invalid_utf8, 0u);
}

TEST(WordsSplitter, FoldsCaseAndStripsPunctuation) {
  EXPECT_THAT(Words("\"Hello,\" said (the) WORLD\u2026 e-mail_x 3.14 \u20AC5"),
              ElementsAre("hello", "said", "the", "world", "e", "mail", "x", "3", "14", "5"));
}

TEST(WordsSplitter, KeepsAnApostropheBetweenLettersOnly) {
  EXPECT_THAT(
      Words("Don't 'quoted' rock 'n' roll dogs' O\u2019Brien '90s 1'000 a''b l'\u00E9t\u00E9"),
      ElementsAre("don't", "quoted", "rock", "n", "roll", "dogs", "o'brien", "90s", "1", "000", "a",
                  "b", "l'\u00E9t\u00E9"));
}

TEST(WordsSplitter, FoldsInFull) {
  EXPECT_THAT(
      Words("STRASSE Stra\u00DFe \u0130stanbul \u03A3\u038A\u03A3\u03A5\u03A6\u039F\u03A3 "
            "\u0410\u0411\u0412 \uFB01n"),
      ElementsAre("strasse", "strasse", "i\u0307stanbul",
                  "\u03C3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C3", "\u0430\u0431\u0432", "fin"));
}

TEST(WordsSplitter, ComposesAccents) {
  EXPECT_THAT(Words("e\u0301te\u0301 \u1112\u1161\u11AB \u212B"),
              ElementsAre("\u00E9t\u00E9", "\uD55C", "\u00E5"));
}

TEST(WordsSplitter, KeepsScriptsWithoutSpacesInRuns) {
  EXPECT_THAT(
      Words(
          "\u6771\u4EAC\u3001\u5927\u962A\u3002 \uC9C0\uBBF8 \u0939\u093F\u0928\u094D\u0926\u0940"),
      ElementsAre("\u6771\u4EAC", "\u5927\u962A", "\uC9C0\uBBF8",
                  "\u0939\u093F\u0928\u094D\u0926\u0940"));
}

TEST(WordsSplitter, KeepsJoinersInsideWordsAndDropsSoftHyphens) {
  EXPECT_THAT(
      Words("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 co\u00ADoperate \u200Da\u200D "
            "a\u200D\u200Db"),
      ElementsAre("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "cooperate", "a", "a", "b"));
}

// Words that are written otherwise than in the text are kept apart from it.
class KeptViews : public WordSink {
 public:
  void OnWord(std::string_view word) override {
    views.push_back(word);
    copies.emplace_back(word);
  }
  void OnLineEnd() override {}

  std::vector<std::string_view> views;
  std::vector<std::string> copies;
};

TEST(WordsSplitter, KeepsItsWordsUntilTheNextText) {
  std::string text;
  for (int i = 0; i < 30'000; ++i) text += "Word" + std::to_string(i) + " \u00C9t\u00E9 e\u0301 ";
  for (const TokenizerKind kind :
       {TokenizerKind::kWhitespace, TokenizerKind::kWords, TokenizerKind::kCharacters}) {
    WordSplitter splitter(kind);
    for (int round = 0; round < 2; ++round) {
      KeptViews kept;
      splitter.Split(text, kept);
      ASSERT_EQ(kept.views.size(), 90'000u);
      ASSERT_TRUE(std::ranges::equal(kept.views, kept.copies));
    }
  }
}

TEST(WordsSplitter, BeginsNoWordWithAMark) {
  // The selector belongs to the symbol before it.
  EXPECT_THAT(Words("\u2764\uFE0F \u0301a \U0001F600"), ElementsAre("a"));
}

TEST(WordsSplitter, TakesIllFormedBytesForSeparators) {
  const SplitText split = Split("caf\xE9s", TokenizerKind::kWords);
  EXPECT_THAT(split.words, ElementsAre("caf", "s"));
  EXPECT_EQ(split.notes.invalid_utf8, 1u);
}

TEST(WordsSplitter, LeavesOutWordsThatFoldingMakesTooLong) {
  std::string sharp;  // two bytes each; "ss" when folded, with a mark that asks for the slow way
  for (std::size_t i = 0; i < kMaxCorpusWordBytes / 2; ++i) sharp += "\u0390";
  const SplitText split = Split(sharp + " b", TokenizerKind::kWords);
  EXPECT_THAT(split.words, ElementsAre(sharp, "b"));
  std::string dotted;  // U+0130 folds to three bytes
  for (std::size_t i = 0; i < kMaxCorpusWordBytes / 2; ++i) dotted += "\u0130";
  const SplitText longer = Split(dotted + " b " + std::string(2000, 'A'), TokenizerKind::kWords);
  EXPECT_THAT(longer.words, ElementsAre("b"));
  EXPECT_EQ(longer.notes.long_words, 2u);
}

TEST(WordsSplitter, EndsLinesAndCountsNulAndMarksAsTheOther) {
  const SplitText split = Split(std::string_view("A\r\nb\0\xEF\xBB\xBF"
                                                 "c\xE2\x80\xA8",
                                                 12),
                                TokenizerKind::kWords);
  EXPECT_THAT(split.words, ElementsAre("a", "\n", "b", "c", "\n"));
  EXPECT_EQ(split.notes.carriage_returns, 1u);
  EXPECT_EQ(split.notes.nul_bytes, 1u);
  EXPECT_EQ(split.notes.byte_order_marks, 1u);
}

TEST(CharactersSplitter, MakesAWordOfEachLetterOfAScriptWithoutSpaces) {
  EXPECT_THAT(
      Characters("\u6771\u4EAC\u3001\u30AB\u30CA\u3068\u304B\u306A\u3002\u3007"),
      ElementsAre("\u6771", "\u4EAC", "\u30AB", "\u30CA", "\u3068", "\u304B", "\u306A", "\u3007"));
  EXPECT_THAT(Characters("\U00020000\U0002A6D6"), ElementsAre("\U00020000", "\U0002A6D6"));
}

TEST(CharactersSplitter, KeepsWordsOfOtherScriptsWholeAndFolded) {
  EXPECT_THAT(Characters("\u57282015\u5E74JR\u8CA8\u7269Don't \uC9C0\uBBF8 Stra\u00DFe\u6771"),
              ElementsAre("\u5728", "2015", "\u5E74", "jr", "\u8CA8", "\u7269", "don't",
                          "\uC9C0\uBBF8", "strasse", "\u6771"));
}

TEST(CharactersSplitter, KeepsWhatExtendsALetterWithIt) {
  // A voicing mark that composes, one of half width, a selector of a form, and Thai vowels.
  EXPECT_THAT(
      Characters("\u304B\u3099\uFF76\uFF9E\u845B\U000E0100\u0E01\u0E33\u0E01\u0E34"),
      ElementsAre("\u304C", "\uFF76\uFF9E", "\u845B\U000E0100", "\u0E01\u0E33", "\u0E01\u0E34"));
}

TEST(CharactersSplitter, LetsNothingJoinTwoLetters) {
  EXPECT_THAT(Characters("\u6771'\u4EAC\u200D\u6771a'\u4EAC'a"),
              ElementsAre("\u6771", "\u4EAC", "\u6771", "a", "\u4EAC", "a"));
}

}  // namespace
}  // namespace wordkin
