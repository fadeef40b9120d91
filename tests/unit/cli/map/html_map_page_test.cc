#include "cli/map/html_map_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/text/utf8.h"
#include "tests/unit/cli/html/page_checks.h"
#include "tests/unit/cli/map/sample_maps.h"

namespace wordkin::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

Json DataOf(const std::string& page) {
  const std::string begin = "id=\"data\">";
  const std::size_t at = page.find(begin) + begin.size();
  return Json::parse(page.substr(at, page.find("</script>", at) - at));
}

TEST(HtmlMapPage, NestsItsTagsAndFetchesNothing) {
  for (const MapReport& report :
       {SampleMap(1, 1), SampleMap(2, 2), SampleMap(500, 32), SampleMap(HostileWords(), 3)}) {
    const std::string page = HtmlMapPage(report);
    EXPECT_EQ(NestingFault(page), "");
    EXPECT_EQ(OutsideAddress(page), "");
    EXPECT_TRUE(IsValidUtf8(page));
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  }
}

TEST(HtmlMapPage, ShowsHostileWordsAsText) {
  MapReport report = SampleMap(HostileWords(), 3);
  report.source = "<b>.kin";
  report.centre = 0;
  const std::string page = HtmlMapPage(report);
  EXPECT_EQ(Count(page, "</script>"), 2u);
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
  EXPECT_THAT(page, Not(HasSubstr("\x1B")));
  EXPECT_EQ(DataOf(page)["words"], Json(HostileWords()));
}

TEST(HtmlMapPage, GivesTheScriptPlacesAndNeighbours) {
  MapReport report = SampleMap({"a", "b"}, 2);
  report.map.points = {{-3, 1}, {1, 3}};
  const Json data = DataOf(HtmlMapPage(report));
  // Downwards, in 65535ths of the longer side: 0, 65535 and 32768, 0.
  EXPECT_EQ(data["x"], "AAD//w==");
  EXPECT_EQ(data["y"], "AIAAAA==");
  EXPECT_EQ(data["width"], 1);
  EXPECT_EQ(data["height"], 0.5);
  EXPECT_EQ(data["clusters"], "AAE=");
  EXPECT_EQ(data["nearCount"], 1);
  EXPECT_EQ(data["near"], "AQAAAA==");
  EXPECT_EQ(data["cosines"], "vr4=");  // 100 * (1 + 0.9), twice
  EXPECT_FALSE(data.contains("centre"));
}

TEST(HtmlMapPage, ShowsThePictureAndTheClustersWithoutItsScript) {
  const std::string page = HtmlMapPage(SampleMap(40, 3));
  EXPECT_EQ(Count(page, "<g><title>"), 40u);
  EXPECT_EQ(Count(page, "data-cluster=\"") - Count(page, "[data-cluster=\""), 3u);
  EXPECT_THAT(page, HasSubstr("<bdi>word0</bdi>, <bdi>word3</bdi>"));
}

TEST(HtmlMapPage, IsSmall) { EXPECT_LT(HtmlMapPage(SampleMap(2000, 10)).size(), 500'000u); }

}  // namespace
}  // namespace wordkin::cli
