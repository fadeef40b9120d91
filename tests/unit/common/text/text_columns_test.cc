#include "common/text/text_columns.h"

#include <gtest/gtest.h>

namespace wordkin {
namespace {

TEST(OnOneLine, MakesOneBlankOfWhiteSpace) {
  EXPECT_EQ(OnOneLine("  two\n\tlines \u3000 and more\r\n"), "two lines and more");
  EXPECT_EQ(OnOneLine(" \n "), "");
  EXPECT_EQ(OnOneLine(""), "");
}

TEST(CutToColumns, KeepsWhatFits) {
  EXPECT_EQ(CutToColumns("cold river", 10), "cold river");
  EXPECT_EQ(CutToColumns("", 0), "");
}

TEST(CutToColumns, EndsInDotsWhatDoesNot) {
  EXPECT_EQ(CutToColumns("cold rivers", 10), "cold ri...");
  EXPECT_EQ(CutToColumns("cold", 3), "...");
  EXPECT_EQ(CutToColumns("cold", 2), "..");
  EXPECT_EQ(CutToColumns("cold", 0), "");
}

TEST(CutToColumns, CountsColumnsNotBytes) {
  EXPECT_EQ(CutToColumns("\u00FCber\u00FC", 5), "\u00FCber\u00FC");
  // Two columns each.
  EXPECT_EQ(CutToColumns("\u6211\u7231\u8BFB\u4E66", 8), "\u6211\u7231\u8BFB\u4E66");
  EXPECT_EQ(CutToColumns("\u6211\u7231\u8BFB\u4E66", 7), "\u6211\u7231...");
  // None for what combines.
  EXPECT_EQ(CutToColumns("e\u0301e\u0301e\u0301", 3), "e\u0301e\u0301e\u0301");
}

}  // namespace
}  // namespace wordkin
