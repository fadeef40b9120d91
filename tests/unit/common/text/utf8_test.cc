#include "common/text/utf8.h"

#include <gtest/gtest.h>

namespace wordkin {
namespace {

TEST(Utf8, DecodesTheEndsOfEveryLength) {
  for (const char32_t code_point : {U'\x00', U'\x7F', U'\x80', U'\u07FF', U'\u0800', U'\uD7FF',
                                    U'\uE000', U'\uFFFF', U'\U00010000', U'\U0010FFFF'}) {
    std::string text;
    AppendUtf8(code_point, text);
    const DecodedCodePoint decoded = DecodeUtf8(text + "x");
    EXPECT_TRUE(decoded.valid) << static_cast<std::uint32_t>(code_point);
    EXPECT_EQ(decoded.code_point, code_point);
    EXPECT_EQ(decoded.length, text.size());
    EXPECT_TRUE(IsValidUtf8(text));
  }
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndWhatLiesAboveUnicode) {
  for (const char* text :
       {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\x80"}) {
    EXPECT_FALSE(DecodeUtf8(text).valid) << text;
    EXPECT_EQ(DecodeUtf8(text).length, 1u) << text;
    EXPECT_FALSE(IsValidUtf8(text)) << text;
  }
}

// The example of the Unicode standard, table 3-8.
TEST(Utf8, ReplacesMaximalSubpartsAsTheStandardShows) {
  EXPECT_EQ(RepairUtf8("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
            "a\uFFFD\uFFFD\uFFFD"
            "b\uFFFD"
            "c\uFFFD\uFFFD"
            "d");
}

TEST(Utf8, NeverReadsBeyondASequenceCutShort) {
  const std::string euro = "\xE2\x82\xAC";
  EXPECT_EQ(DecodeUtf8(euro.substr(0, 1)).length, 1u);
  EXPECT_EQ(DecodeUtf8(euro.substr(0, 2)).length, 2u);
  EXPECT_FALSE(DecodeUtf8(euro.substr(0, 2)).valid);
  EXPECT_EQ(ToCodePoints("a" + euro), U"a\u20AC");
}

TEST(Utf8, WritesAReplacementForWhatIsNoCodePoint) {
  std::string text;
  AppendUtf8(0xD800, text);
  AppendUtf8(0x110000, text);
  EXPECT_EQ(text, "\uFFFD\uFFFD");
}

TEST(Utf8, FindsIllFormedBytesBehindLongAscii) {
  for (std::size_t length = 0; length < 40; ++length) {
    EXPECT_TRUE(IsValidUtf8(std::string(length, 'a') + "\u00E9"));
    EXPECT_FALSE(IsValidUtf8(std::string(length, 'a') + "\xE9" + std::string(length, 'b')));
  }
}

TEST(Utf8, KnowsWhiteSpaceByTheUnicodeProperty) {
  int count = 0;
  for (char32_t code_point = 0; code_point < 0x3100; ++code_point) {
    count += IsWhitespace(code_point) ? 1 : 0;
  }
  // 25 code points have the property; NUL is ours.
  EXPECT_EQ(count, 26);
  for (const char32_t code_point : {U'\0', U'\t', U'\r', U'\x85', U'\xA0', U'\u1680', U'\u2000',
                                    U'\u200A', U'\u2028', U'\u202F', U'\u205F', U'\u3000'}) {
    EXPECT_TRUE(IsWhitespace(code_point)) << static_cast<std::uint32_t>(code_point);
  }
  EXPECT_FALSE(IsWhitespace(0x200B));
  EXPECT_FALSE(IsWhitespace(0xFEFF));
}

TEST(TrimWhitespace, KeepsWhiteSpaceWithin) {
  EXPECT_EQ(TrimWhitespace("  new york\t"), "new york");
  EXPECT_EQ(TrimWhitespace("\xE3\x80\x80 \xFF\xE3\x80\x80"), "\xFF");
  EXPECT_EQ(TrimWhitespace(" \t"), "");
  EXPECT_EQ(TrimWhitespace(""), "");
}

}  // namespace
}  // namespace wordkin
