#include "common/formats/word2vec_binary.h"

#include <gmock/gmock.h>

#include <limits>

#include "tests/unit/common/formats/format_fixture.h"

namespace wordkin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Word2VecBinary = FormatTest;

constexpr std::string_view kBinary = "word2vec-binary";

// A file of two rows; 'row_end' is "\n" as the original writes, or "" as gensim does.
std::string TwoRows(const std::string& row_end) {
  return "2 3\nking " + BytesOf({1, -2.5f, 3e-2f}) + row_end + "queen " + BytesOf({0, 0.125f, 7}) +
         row_end;
}

TEST_F(Word2VecBinary, ReadsBothLayouts) {
  for (const std::string row_end : {"\n", ""}) {
    const auto rows = RowsOf(Read(kBinary, TwoRows(row_end)));
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].word, "king");
    EXPECT_THAT(rows[0].values, ElementsAre(1.0f, -2.5f, 3e-2f));
    EXPECT_EQ(rows[1].word, "queen");
    EXPECT_THAT(rows[1].values, ElementsAre(0.0f, 0.125f, 7.0f));
  }
}

TEST_F(Word2VecBinary, RefusesEveryCutOfAFile) {
  for (const std::string row_end : {"\n", ""}) {
    const std::string whole = TwoRows(row_end);
    for (std::size_t length = 0; length < whole.size(); ++length) {
      EXPECT_NE(Refusal(kBinary, whole.substr(0, length)), "") << length;
    }
  }
}

TEST_F(Word2VecBinary, RefusesARowThatTheFilesEndCuts) {
  EXPECT_THAT(Refusal(kBinary, "1 2\nlongword " + BytesOf({1})),
              HasSubstr("byte 13: the file ends within the 2 values of a row"));
}

TEST_F(Word2VecBinary, RefusesWhatFollowsTheLastRow) {
  for (const std::string row_end : {"\n", ""}) {
    const std::vector<std::string> tails = {"\n\n", "x", "word " + BytesOf({1, 2, 3})};
    for (const std::string& rest : tails) {
      EXPECT_THAT(Refusal(kBinary, TwoRows(row_end) + rest), HasSubstr("the file goes on"));
    }
  }
}

TEST_F(Word2VecBinary, RefusesMixedLayouts) {
  EXPECT_THAT(Refusal(kBinary, "2 1\na " + BytesOf({1}) + "\nb " + BytesOf({2}) + "c"),
              HasSubstr("expected a line end"));
}

TEST_F(Word2VecBinary, RefusesHeadersThatPromiseMoreThanTheFileHoldsBeforeTakingMemory) {
  const std::string rows = "a " + BytesOf({1, 2}) + "\nb " + BytesOf({3, 4}) + "\n";
  for (const std::string header :
       {"2147483648 2", "9223372036854775808 2", "4611686018427387904 2", "4611686018427387904 4",
        "1 4611686018427387904", "1 4611686018427387903", "9223372036854775808 9223372036854775808",
        "3 2", "2 4"}) {
    EXPECT_THAT(Refusal(kBinary, header + "\n" + rows), HasSubstr("promises more")) << header;
  }
  for (const std::string header : {"0 0", "2 0", "-2 2", "2 -2"}) {
    EXPECT_THAT(Refusal(kBinary, header + "\n" + rows), HasSubstr("no possible number")) << header;
  }
}

TEST_F(Word2VecBinary, RefusesValuesThatAreNotFiniteNamingTheByte) {
  for (const float value :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
        -std::numeric_limits<float>::infinity()}) {
    EXPECT_THAT(Refusal(kBinary, "1 2\nab " + BytesOf({1, value}) + "\n"),
                HasSubstr("byte 11: the value is not finite"));
  }
}

TEST_F(Word2VecBinary, RefusesWordsThatAreMissingIllFormedRepeatedOrHoldWhiteSpace) {
  const std::string value = BytesOf({1});
  EXPECT_THAT(Refusal(kBinary, "1 1\n " + value + "\n"), HasSubstr("byte 4: the word is missing"));
  EXPECT_THAT(Refusal(kBinary, "1 1\n\xC3 " + value + "\n"), HasSubstr("is not valid UTF-8"));
  EXPECT_THAT(Refusal(kBinary, "1 1\na\tb " + value + "\n"), HasSubstr("holds white space"));
  EXPECT_THAT(Refusal(kBinary, "2 1\na " + value + "\na " + value + "\n"),
              HasSubstr("byte 11: the word 'a' was already at byte 4"));
}

// A row without a word is shorter than the shortest sound one: so many have more rows than a file
// of that size has sound ones, by megabytes of the matrix.
TEST_F(Word2VecBinary, LeavesOutAnyNumberOfRowsWithoutWord) {
  constexpr std::size_t kRows = 500'000;
  std::string content = "1 1\n";
  for (std::size_t row = 0; row < kRows; ++row) content += " " + BytesOf({1});
  EXPECT_THAT(WordsLeft(kBinary, content + "a " + BytesOf({2})), ElementsAre("a"));
  EXPECT_EQ(skipped_.Of(RowFault::kBadWord).count, kRows);
}

TEST_F(Word2VecBinary, WritesTheLayoutOfTheOriginal) {
  EXPECT_EQ(Written(kBinary, {{"king", {1, -2.5f, 3e-2f}}, {"queen", {0, 0.125f, 7}}}),
            TwoRows("\n"));
}

TEST_F(Word2VecBinary, RefusesToWriteAWordWithWhiteSpace) {
  EXPECT_THROW(Written(kBinary, {{"new york", {1}}}), Error);
  EXPECT_NE(Written(kBinary, {{"new\u00A0york", {1}}}), "");
}

}  // namespace
}  // namespace wordkin
