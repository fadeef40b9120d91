#include "common/text/printable.h"

#include <gtest/gtest.h>

namespace wordkin {
namespace {

TEST(Printable, LeavesTextAsItIs) {
  for (const std::string text :
       {"", "king", "caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80", "\xC2\xA0"}) {
    EXPECT_EQ(Printable(text), text);
  }
}

TEST(Printable, EscapesControlCharactersOfBothSets) {
  EXPECT_EQ(Printable("\x1b[2J"), "\\u{1b}[2J");
  EXPECT_EQ(Printable("a\tb\n\x7f"), "a\\u{09}b\\u{0a}\\u{7f}");
  EXPECT_EQ(Printable("\xC2\x9B"
                      "31m"),
            "\\u{9b}31m");
  EXPECT_EQ(Printable(std::string_view("\0", 1)), "\\u{00}");
}

TEST(Printable, EscapesIllFormedBytes) { EXPECT_EQ(Printable("a\x9b\xFF"), "a\\x9b\\xff"); }

TEST(Printable, KeepsWhatItIsToldToKeep) {
  EXPECT_EQ(Printable("a\nb\tc\r", "\n\t"), "a\nb\tc\\u{0d}");
}

TEST(QuoteExcerpt, IsShortAndPrintable) {
  EXPECT_EQ(QuoteExcerpt("king"), "'king'");
  EXPECT_EQ(QuoteExcerpt("\x1b[31m\xFF"), "'\\u{1b}[31m\xEF\xBF\xBD'");
  EXPECT_EQ(QuoteExcerpt(std::string(41, 'a')), "'" + std::string(40, 'a') + "...'");
}

}  // namespace
}  // namespace wordkin
