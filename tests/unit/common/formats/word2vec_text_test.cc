#include "common/formats/word2vec_text.h"

#include <gmock/gmock.h>

#include <limits>

#include "tests/unit/common/formats/format_fixture.h"

namespace wordkin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Word2VecText = FormatTest;

constexpr std::string_view kText = "word2vec-text";

TEST_F(Word2VecText, ReadsWordsAndValuesInOrder) {
  const EmbeddingTable table = Read(kText, "2 3\nking 1 -2.5 3e-2\nqueen 0 0.125 -0\n");
  const auto rows = RowsOf(table);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].word, "king");
  EXPECT_THAT(rows[0].values, ElementsAre(1.0f, -2.5f, 3e-2f));
  EXPECT_EQ(rows[1].word, "queen");
  EXPECT_THAT(rows[1].values, ElementsAre(0.0f, 0.125f, -0.0f));
  EXPECT_EQ(table.vocabulary.Count(0), 0u);
}

TEST_F(Word2VecText, TakesBlanksAtLineEndsTabsAndCarriageReturnsAsOthersWriteThem) {
  const auto rows = RowsOf(Read(kText, "2 2 \r\na 1 2 \r\nb\t3  4\t"));
  EXPECT_THAT(rows[0].values, ElementsAre(1.0f, 2.0f));
  EXPECT_THAT(rows[1].values, ElementsAre(3.0f, 4.0f));
}

TEST_F(Word2VecText, KeepsUnicodeSpacesInsideWords) {
  const auto rows = RowsOf(Read(kText, "2 1\nnew\u00A0york 1\n\u3000 2\n"));
  EXPECT_EQ(rows[0].word, "new\u00A0york");
  EXPECT_EQ(rows[1].word, "\u3000");
}

TEST_F(Word2VecText, ReadsPlusSignsAndTakesValuesBelowTheSmallestFloatAsZero) {
  const auto rows = RowsOf(Read(kText, "1 3\na +1.5 1e-60 1e-45\n"));
  EXPECT_THAT(rows[0].values, ElementsAre(1.5f, 0.0f, std::numeric_limits<float>::denorm_min()));
}

TEST_F(Word2VecText, RefusesHeadersThatCannotBe) {
  for (const std::string header :
       {"", "\n", "king 1 2\n", "2\n", "2 \n", "1 2 3\n", "1 2", "1,2\n", "0x1 2\n", "1 2.0\n"}) {
    EXPECT_THAT(Refusal(kText, header + "a 1 2\n"), HasSubstr("line 1")) << header;
  }
  for (const std::string header : {"1 0", "-1 2", "1 -2", "18446744073709551616 1", "1--2 1"}) {
    EXPECT_THAT(Refusal(kText, header + "\na 1 2\n"), HasSubstr("no possible number")) << header;
  }
}

TEST_F(Word2VecText, TellsOfAHeaderThatPromisesNoRow) {
  EXPECT_THAT(Refusal(kText, "0 2\na 1 2\n"), HasSubstr("the header '0 2' promises zero rows"));
  EXPECT_THAT(Refusal(kText, "0 2\n"), HasSubstr("promises zero rows, and none follows"));
}

TEST_F(Word2VecText, RefusesHeadersThatPromiseMoreThanTheFileHoldsBeforeTakingMemory) {
  for (const std::string header :
       {"2147483648 2", "4611686018427387904 1", "9223372036854775808 2", "4611686018427387904 2",
        "4611686018427387904 4", "1 4611686018427387904", "9223372036854775808 9223372036854775808",
        "18446744073709551615 18446744073709551615", "2 9223372036854775807", "3 2"}) {
    EXPECT_THAT(Refusal(kText, header + "\na 1 2\nb 1 2\n"), HasSubstr("promises more")) << header;
  }
}

TEST_F(Word2VecText, RefusesRowsThatAreTooShortOrTooLongNamingTheLine) {
  EXPECT_THAT(Refusal(kText, "2 3\na 1 2 3\nb 1 2    \n"),
              HasSubstr("line 3: it has 2 values where the header says 3"));
  EXPECT_THAT(Refusal(kText, "2 3\na 1 2 3 4\nb 1 2 3\n"), HasSubstr("line 2: it has more than"));
  EXPECT_THAT(Refusal(kText, "1 3\na 1 2 3.5"), testing::IsEmpty());
  EXPECT_THAT(Refusal(kText, "1 3\na 1 2       "), HasSubstr("it has 2 values"));
}

TEST_F(Word2VecText, RefusesMoreOrFewerRowsThanTheHeaderSays) {
  EXPECT_THAT(Refusal(kText, "1 2\na 1 2\nb 3 4\n"),
              HasSubstr("line 3: the file goes on after the 1 rows"));
  EXPECT_THAT(Refusal(kText, "1 2\na 1 2\n\n"), HasSubstr("line 3: the file goes on"));
  EXPECT_THAT(Refusal(kText, "3 1\na 1.23456789\nb 3\n"),
              HasSubstr("line 4: the file ends after 2 of 3 rows"));
}

TEST_F(Word2VecText, RefusesValuesThatAreNoFiniteFloat) {
  for (const std::string value :
       {"nan", "NaN", "-nan", "inf", "-inf", "Infinity", "1e39", "-1e400", "+inf"}) {
    EXPECT_THAT(Refusal(kText, "1 2\na 1 " + value + "\n"),
                HasSubstr("line 2: '" + value + "' is not a finite float32 value"));
  }
  for (const std::string value :
       {"abc", "1,5", "1.5x", "--1", "+-1", "+", "-", "0x10", "1e", "1_0"}) {
    EXPECT_THAT(Refusal(kText, "1 2\na 1 " + value + "\n"),
                HasSubstr("line 2: '" + value + "' is not a number"));
  }
}

TEST_F(Word2VecText, RefusesWordsThatAreMissingIllFormedOrRepeated) {
  EXPECT_THAT(Refusal(kText, "2 1\na 1\n 1 \n"), HasSubstr("line 3: the word is missing"));
  EXPECT_THAT(Refusal(kText, "2 1\n\na 1\nb 2\n"), HasSubstr("line 2: the word is missing"));
  EXPECT_THAT(Refusal(kText, "2 1\na 1\nb\xFF 1\n"), HasSubstr("line 3: the word 'b\uFFFD'"));
  EXPECT_THAT(Refusal(kText, "4 1\na 1\nb 1\nc 1\nb 2\n"),
              HasSubstr("line 5: the word 'b' was already at line 3"));
}

TEST_F(Word2VecText, PrintsNoControlCharactersFromAFile) {
  const std::string message = Refusal(kText, "1 1\n\x1B[31m\xFF 1\n");
  EXPECT_THAT(message, HasSubstr("'\\u{1b}[31m"));
  EXPECT_THAT(message, testing::Not(HasSubstr("\x1B")));
  EXPECT_LT(Refusal(kText, "1 1\n" + std::string(5000, 'x') + "\xFF 1\n").size(), 400u);
}

TEST_F(Word2VecText, WritesTheShortestFormThatReadsBack) {
  EXPECT_EQ(Written(kText, {{"king", {0.1f, -2.5f, 1e-30f}}, {"\u00E9t\u00E9", {0, 1, 16777216}}}),
            "2 3\nking 0.1 -2.5 1e-30\n\u00E9t\u00E9 0 1 16777216\n");
}

TEST_F(Word2VecText, RefusesToWriteAWordWithWhiteSpace) {
  for (const std::string word : {"new york", "a\tb", "a\nb", " ", "a\r"}) {
    try {
      Written(kText, {{"fine", {1}}, {word, {2}}});
      ADD_FAILURE() << "wrote " << word;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      EXPECT_THAT(error.what(), HasSubstr("holds white space"));
    }
    EXPECT_FALSE(std::filesystem::exists(PathOf("written")));
  }
}

}  // namespace
}  // namespace wordkin
