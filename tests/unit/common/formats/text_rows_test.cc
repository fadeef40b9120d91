#include "common/formats/text_rows.h"

#include <gmock/gmock.h>

#include "tests/unit/common/formats/format_fixture.h"

namespace wordkin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kRowText = "word2vec-text";
constexpr std::string_view kGlove = "glove-text";

class TextRowsTest : public FormatTest {
 protected:
  // Rows late in the first piece and early in the second, which another thread meets sooner.
  static constexpr std::size_t kLate = 44'000, kEarly = 48'000;

  // Some pieces' worth of rows of three values, the rows 'broken' among them without values.
  static std::string ManyRows(std::size_t count, const std::vector<std::size_t>& broken) {
    std::string text = std::to_string(count) + " 3\n";
    for (std::size_t row = 0; row < count; ++row) {
      const bool is_broken = std::ranges::find(broken, row) != broken.end();
      text += "word" + std::to_string(row);
      text += is_broken ? "\n" : " " + std::to_string(row) + " -0.25 1e-3\n";
    }
    return text;
  }
};

TEST_F(TextRowsTest, AreTheSameWithAnyNumberOfThreads) {
  constexpr std::size_t kRows = 150'000;
  const std::string text = ManyRows(kRows, {});
  ASSERT_GT(text.size(), 3'000'000u);
  for (const int threads : {1, 2, 7}) {
    options_.thread_count = threads;
    const EmbeddingTable table = Read(kRowText, text);
    ASSERT_EQ(table.vocabulary.size(), kRows);
    for (std::size_t row = 0; row < kRows; ++row) {
      ASSERT_EQ(table.vocabulary.Word(static_cast<WordId>(row)), "word" + std::to_string(row));
      ASSERT_THAT(table.rows.Row(row), ElementsAre(static_cast<float>(row), -0.25f, 1e-3f));
    }
  }
}

TEST_F(TextRowsTest, TellTheFirstFaultOfTheFileWhicheverThreadMeetsOne) {
  const std::string text = ManyRows(150'000, {kLate, kEarly, 100'000, 149'999});
  for (const int threads : {1, 2, 7}) {
    options_.thread_count = threads;
    for (int repeat = 0; repeat < 5; ++repeat) {
      EXPECT_THAT(Refusal(kRowText, text), HasSubstr("line 44002: it has 0 values"));
    }
  }
}

TEST_F(TextRowsTest, CountWhatIsLeftOutTheSameWithAnyNumberOfThreads) {
  const std::string text = ManyRows(150'000, {kLate, kEarly, 100'000, 149'999});
  for (const int threads : {1, 2, 7}) {
    options_.thread_count = threads;
    const std::vector<std::string> words = WordsLeft(kRowText, text);
    EXPECT_EQ(words.size(), 149'996u);
    EXPECT_EQ(words[kLate], "word44001");
    EXPECT_EQ(words[kEarly], "word48002");
    EXPECT_EQ(skipped_.total(), 4u);
    EXPECT_EQ(skipped_.Of(RowFault::kTooFewValues).count, 4u);
    EXPECT_EQ(skipped_.Of(RowFault::kTooFewValues).first,
              "line 44002: it has 0 values where the header says 3");
    EXPECT_EQ(skipped_.mended_count, "");
  }
}

TEST_F(TextRowsTest, LeaveOutEachKindOfWrongRow) {
  EXPECT_THAT(WordsLeft(kRowText,
                        "9 2\na 1 2\nb 1\nc 1 2 3\na 3 4\nd nan 1\n 1 2\ne\xFF 1 2\n"
                        "f x 1\ng 5 6\n"),
              ElementsAre("a", "g"));
  EXPECT_EQ(skipped_.total(), 7u);
  EXPECT_EQ(skipped_.Of(RowFault::kRepeatedWord).first,
            "line 5: the word 'a' was already at line 2");
  EXPECT_EQ(skipped_.Of(RowFault::kBadWord).count, 2u);
  EXPECT_EQ(skipped_.Of(RowFault::kBadWord).first, "line 7: the word is missing");
  EXPECT_EQ(skipped_.Of(RowFault::kBadValue).count, 2u);
  EXPECT_EQ(skipped_.Of(RowFault::kBadValue).first, "line 6: 'nan' is not a finite float32 value");
  EXPECT_EQ(skipped_.Of(RowFault::kTooFewValues).count, 1u);
  EXPECT_EQ(skipped_.Of(RowFault::kTooManyValues).first,
            "line 4: it has more than the 2 values that the header says");
}

TEST_F(TextRowsTest, KeepValuesBesideTheirWordsWhenRowsAreLeftOut) {
  options_.on_fault = FaultPolicy::kSkip;
  const auto rows = RowsOf(Read(kRowText, "4 2\nx 1\na 1 2\ny\nb 3 4\n"));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_THAT(rows[0].values, ElementsAre(1.0f, 2.0f));
  EXPECT_EQ(rows[1].word, "b");
  EXPECT_THAT(rows[1].values, ElementsAre(3.0f, 4.0f));
}

TEST_F(TextRowsTest, TellWhatIsWrongWithLinesTooShortForARow) {
  EXPECT_THAT(WordsLeft(kGlove, "a 1 2 3\nb 1\n\nc 4 5 6\n 1\nd x\ne\xFF 1\na 7 8 9\nf 1 2 3"),
              ElementsAre("a", "c", "f"));
  EXPECT_EQ(skipped_.Of(RowFault::kTooFewValues).count, 3u);
  EXPECT_EQ(skipped_.Of(RowFault::kTooFewValues).first,
            "line 2: it has 1 values where the first line has 3");
  EXPECT_EQ(skipped_.Of(RowFault::kBadWord).count, 2u);
  EXPECT_EQ(skipped_.Of(RowFault::kBadWord).first, "line 3: the word is missing");
  EXPECT_EQ(skipped_.Of(RowFault::kRepeatedWord).first,
            "line 8: the word 'a' was already at line 1");
}

TEST_F(TextRowsTest, TakeTheShortestLinesThatHoldTheirValues) {
  EXPECT_THAT(WordsLeft(kGlove, "a 1 2\nb 3 4\nc 5\nd 6 7"), ElementsAre("a", "b", "d"));
  EXPECT_THAT(WordsLeft(kRowText, "3 2\na 1 2\nb 3\nc 4 5"), ElementsAre("a", "c"));
}

TEST_F(TextRowsTest, MendAWrongNumberOfRows) {
  for (const std::string header : {"1 2", "7 2", "4611686018427387904 2", "0 2", "-1 2"}) {
    EXPECT_THAT(WordsLeft(kRowText, header + "\na 1 2\nb 3 4\n"), ElementsAre("a", "b")) << header;
    EXPECT_EQ(skipped_.total(), 0u);
    EXPECT_THAT(skipped_.mended_count, HasSubstr("rows")) << header;
  }
}

TEST_F(TextRowsTest, RefuseUnderSkipWhatNoRowIsLeftOf) {
  options_.on_fault = FaultPolicy::kSkip;
  EXPECT_THAT(Refusal(kRowText, "2 3\na 1 2\nb 1 2\n"), HasSubstr("no row of it is sound"));
  EXPECT_THAT(Refusal(kRowText, "2 4611686018427387904\na 1 2\nb 1 2\n"), HasSubstr("line 1"));
  EXPECT_THAT(Refusal(kRowText, "2 0\na 1 2\n"), HasSubstr("line 1"));
  EXPECT_THAT(Refusal(kRowText, "2 2\n"), HasSubstr("line 1"));
}

TEST_F(TextRowsTest, OfGloveTakeTheDimensionFromTheFirstLine) {
  const auto rows = RowsOf(Read(kGlove, "king 1 -2.5\nqueen 3 4"));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].word, "king");
  EXPECT_THAT(rows[1].values, ElementsAre(3.0f, 4.0f));
  EXPECT_THAT(Refusal(kGlove, "king 1 2\nqueen 3\n"),
              HasSubstr("line 2: it has 1 values where the first line has 2"));
  EXPECT_THAT(Refusal(kGlove, "king\nqueen 3\n"), HasSubstr("line 1: expected a word"));
}

TEST_F(TextRowsTest, OfGloveTakeWordsWithBlanks) {
  const auto rows = RowsOf(Read(kGlove, ". . . 1 2\nat name@domain.com 3 4\r\nplain 5 6\n"));
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].word, ". . .");
  EXPECT_THAT(rows[0].values, ElementsAre(1.0f, 2.0f));
  EXPECT_EQ(rows[1].word, "at name@domain.com");
  EXPECT_THAT(rows[1].values, ElementsAre(3.0f, 4.0f));
  EXPECT_EQ(RowsOf(Read(kGlove, "1 2 3\n4 5 6\n"))[1].word, "4");
  EXPECT_EQ(RowsOf(Read(kGlove, "\xEF\xBB\xBFthe 2 3\n"))[0].word, "the");
}

// A value too many is no word with a blank.
TEST_F(TextRowsTest, OfGloveRefuseAWordThatEndsInANumber) {
  EXPECT_THAT(Refusal(kGlove, "a 1 2\nb 1 2 3\n"),
              HasSubstr("line 2: it has more than the 2 values that the first line has"));
  EXPECT_THAT(Refusal(kGlove, "a 1 2\nb nan 2 3\n"), HasSubstr("line 2: it has more than"));
  EXPECT_THAT(Refusal(kGlove, "a 1 2\nb x 2\n"), HasSubstr("line 2: 'x' is not a number"));
  EXPECT_THAT(Refusal(kGlove, "a 1 2\nb inf 2\n"), HasSubstr("not a finite float32"));
  EXPECT_THAT(Refusal(kGlove, "a 1 2\n 1 2\n"), HasSubstr("line 2: the word is missing"));
  EXPECT_THAT(Refusal(kGlove, "a 1 2\n\n"), HasSubstr("line 2: the word is missing"));
  EXPECT_THAT(Refusal(kGlove, "a 1 2\na 2 3\n"), HasSubstr("line 2: the word 'a' was already"));
  EXPECT_THAT(WordsLeft(kGlove, "a 1 2\nb 1 2 3\nc d 1 2\n"), ElementsAre("a", "c d"));
}

TEST_F(TextRowsTest, OfGloveAreWrittenWithBlanksThatReadBack) {
  EXPECT_EQ(Written(kGlove, {{"at a@b.c", {1, 2}}, {"b", {0.5, 3}}}), "at a@b.c 1 2\nb 0.5 3\n");
  const std::string marked = Written(kGlove, {{"\uFEFFa", {1, 2}}, {"\uFEFFb", {3, 4}}});
  EXPECT_EQ(RowsOf(Read(kGlove, marked))[0].word, "\uFEFFa");
  EXPECT_EQ(RowsOf(Read(kGlove, marked))[1].word, "\uFEFFb");
  for (const std::string word : {"area 51", "a\tb", " a", "a ", "inf nan"}) {
    EXPECT_THROW(Written(kGlove, {{word, {1, 2}}}), Error) << word;
  }
}

}  // namespace
}  // namespace wordkin
