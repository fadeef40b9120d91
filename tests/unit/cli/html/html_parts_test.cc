#include <gtest/gtest.h>

#include "cli/html/html_escape.h"
#include "cli/html/html_page.h"
#include "cli/html/svg_marker.h"
#include "tests/unit/cli/html/page_checks.h"

namespace wordkin::cli {
namespace {

TEST(PageChecks, NoticeFaults) {
  EXPECT_NE(NestingFault("<p><b></p></b>"), "");
  EXPECT_NE(NestingFault("<p>"), "");
  EXPECT_NE(NestingFault("<p <b>x</b></p>"), "");
  EXPECT_EQ(NestingFault("<p title=\"a>b\"><i/><br></p><script>a<b</script>"), "");
}

TEST(PageHead, FetchesNothingAndForbidsIt) {
  const std::string head = PageHead("a &amp; b", ".x{}");
  EXPECT_EQ(NestingFault(head + "</html>"), "");
  EXPECT_EQ(OutsideAddress(head), "");
  EXPECT_EQ(Count(head, "default-src 'none'"), 1u);
  EXPECT_EQ(Count(head, "<title>a &amp; b</title>"), 1u);
}

TEST(SvgMarker, HasFourShapes) {
  EXPECT_EQ(SvgMarker(8, 9, 2, 0), "<circle cx=\"8.0\" cy=\"9.0\" r=\"2.0\"/>");
  EXPECT_NE(SvgMarker(8, 9, 2, 1), SvgMarker(8, 9, 2, 2));
  EXPECT_NE(SvgMarker(8, 9, 2, 2), SvgMarker(8, 9, 2, 3));
  EXPECT_EQ(SvgMarker(8, 9, 2, 4), SvgMarker(8, 9, 2, 0));
}

TEST(EscapeHtml, LeavesNothingThatIsMarkup) {
  EXPECT_EQ(EscapeHtml("a<b>\"c\" & 'd'"), "a&lt;b&gt;&quot;c&quot; &amp; &#39;d&#39;");
  EXPECT_EQ(EscapeHtml("&lt;"), "&amp;lt;");
  EXPECT_EQ(EscapeHtml("naïve 書\n"), "naïve 書\n");
}

TEST(EscapeHtml, ReplacesBadBytesAndControlCharacters) {
  EXPECT_EQ(EscapeHtml("\xFFz\xC3"), "\uFFFDz\uFFFD");
  // What XML does not take either, as an SVG file is XML.
  EXPECT_EQ(EscapeHtml("\xEF\xBF\xBEz\xEF\xBF\xBF"), "\uFFFDz\uFFFD");
  EXPECT_EQ(EscapeHtml(std::string_view("\0\x1B\x7F\xC2\x85", 5)), "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(ScriptJson, CannotEndTheScript) {
  EXPECT_EQ(ScriptJson(Json{{"a", "</script><!--"}}), R"({"a":"\u003c/script>\u003c!--"})");
  EXPECT_EQ(ScriptJson(Json("\xFF")), "\"\uFFFD\"");
}

TEST(AppendLittleEndian, PutsTheLowestByteFirst) {
  std::string bytes = "x";
  AppendLittleEndian(bytes, 0x1234, 2);
  EXPECT_EQ(bytes, "x\x34\x12");
}

TEST(Base64, IsThatOfTheStandard) {
  EXPECT_EQ(Base64(""), "");
  EXPECT_EQ(Base64("f"), "Zg==");
  EXPECT_EQ(Base64("fo"), "Zm8=");
  EXPECT_EQ(Base64("foo"), "Zm9v");
  EXPECT_EQ(Base64("\xFF\xFE\xFD\xFC"), "//79/A==");
}

}  // namespace
}  // namespace wordkin::cli
