#include "cli/shell/line_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/support/error.h"

namespace wordkin::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LineWords, ArePartedByWhiteSpaceOfAnyKind) {
  EXPECT_THAT(SplitLine("  king\t- man\u00a0+ woman\u3000"),
              ElementsAre("king", "-", "man", "+", "woman"));
  EXPECT_THAT(SplitLine(" \t"), IsEmpty());
}

TEST(LineWords, QuotesKeepWhiteSpace) {
  EXPECT_THAT(SplitLine(R"(neighbors "new york" 'rio  grande')"),
              ElementsAre("neighbors", "new york", "rio  grande"));
  EXPECT_THAT(SplitLine(R"("say \"x\" \\ \n" 'a\')"), ElementsAre(R"(say "x" \ \n)", "a\\"));
  EXPECT_THAT(SplitLine(R"(--match='^(a|b) c' "")"), ElementsAre("--match=^(a|b) c", ""));
}

TEST(LineWords, AnApostropheWithinAWordIsNoQuote) {
  EXPECT_THAT(SplitLine("don't l'amour dogs' a\"b \"'tis\""),
              ElementsAre("don't", "l'amour", "dogs'", "a\"b", "'tis"));
}

TEST(LineWords, AQuoteThatIsNotClosedIsRefused) {
  EXPECT_THROW(SplitLine("'tis king"), Error);
  EXPECT_THROW(SplitLine("king \"new"), Error);
}

TEST(LineWords, KnowWhereTheyStand) {
  const std::vector<LineWord> words = ReadLineWords("a \"b c\" 'd e");
  ASSERT_EQ(words.size(), 3u);
  EXPECT_EQ(words[1].begin, 2u);
  EXPECT_EQ(words[1].end, 7u);
  EXPECT_FALSE(words[1].is_open);
  EXPECT_EQ(words[2].text, "d e");
  EXPECT_TRUE(words[2].is_open);
}

TEST(LineWords, QuotedOnesAreReadBackAsTheyWere) {
  for (const std::string word :
       {"king", "new york", "don't", "'tis", "\"", "", "a\\ b", "\u3000x", "\\", "a\"b c'd", "-"}) {
    EXPECT_THAT(SplitLine("x " + QuotedWord(word) + " y"), ElementsAre("x", word, "y"));
  }
  EXPECT_EQ(QuotedWord("don't"), "don't");
}

}  // namespace
}  // namespace wordkin::cli
