#include "cli/comparison/html_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "cli/comparison/cosine_scale.h"
#include "cli/comparison/html_sections.h"
#include "common/text/utf8.h"
#include "tests/unit/cli/comparison/sample_reports.h"
#include "tests/unit/cli/html/page_checks.h"

namespace wordkin::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// The texts of the heat map's cells.
std::vector<std::string> CellTexts(std::string_view page) {
  std::vector<std::string> texts;
  constexpr std::string_view kCell = "<td style=\"background:#";
  for (std::size_t at = page.find(kCell); at != std::string_view::npos; at = page.find(kCell, at)) {
    at = page.find('>', at) + 1;
    texts.emplace_back(page.substr(at, page.find('<', at) - at));
  }
  return texts;
}

UsageReport FirstUsages(std::size_t count) {
  UsageReport report = FiveBooks();
  report.usages.resize(count);
  report.cosines.clear();
  report.mean_cosines.clear();
  FillSampleCosines(report, 7, [](std::size_t, std::size_t) { return 0.5; });
  return report;
}

std::vector<UsageReport> AllKinds() {
  UsageReport no_static = FiveBooks();
  no_static.static_nearest.clear();
  UsageReport no_numbers = FiveBooks();
  no_numbers.cosines[6].assign(25, std::numeric_limits<float>::quiet_NaN());
  no_numbers.mean_cosines[6] = std::numeric_limits<float>::quiet_NaN();
  UsageReport one_layer = FiveBooks();
  one_layer.cosines.resize(1);
  one_layer.mean_cosines.resize(1);
  return {FirstUsages(1),
          FirstUsages(2),
          FiveBooks(),
          FiveBooksWithSenses(),
          ManyBooks(14, false),
          ManyBooks(40, true),
          ManyBooks(300, true),
          ManyBooks(41, false),
          no_static,
          no_numbers,
          one_layer};
}

TEST(HtmlReport, NestsItsTagsWhateverTheReport) {
  for (const UsageReport& report : AllKinds()) {
    SCOPED_TRACE(report.usages.size());
    EXPECT_EQ(NestingFault(HtmlReport(report)), "");
  }
}

TEST(HtmlReport, FetchesNothing) {
  for (const UsageReport& report : AllKinds()) {
    const std::string page = HtmlReport(report);
    EXPECT_EQ(OutsideAddress(page), "");
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  }
}

TEST(HtmlReport, ShowsTheTextsWithTheWordMarked) {
  const std::string page = HtmlReport(FiveBooks());
  EXPECT_THAT(page, HasSubstr("‘book’ in 5 places"));
  EXPECT_THAT(page, HasSubstr("I will <mark>book</mark> a flight to Lisbon"));
  EXPECT_THAT(page, HasSubstr("encoders/all-MiniLM-L6-v2"));
  EXPECT_THAT(page, HasSubstr("news.kin"));
  // New in context, and known to the static vector.
  EXPECT_THAT(page, HasSubstr("<b dir=\"auto\">reserve</b> <small>0.71</small>"));
  EXPECT_THAT(page, HasSubstr("<bdi dir=\"auto\">novel</bdi> <small>0.74</small>"));
}

TEST(HtmlReport, ShowsAnythingAsText) {
  const std::string attack = "</script><img src=x onerror=alert(1)>\"' onload=\"x";
  UsageReport report = FiveBooksWithSenses();
  report.word = report.encoder = report.static_store = report.layer = report.sense_layer = attack;
  for (std::string& text : report.texts) text = attack + " book " + attack + "\xFF\xC3 \x1B[31m";
  for (ReportedUsage& usage : report.usages) {
    usage.bytes.begin = attack.size() + 1;
    usage.bytes.end = usage.bytes.begin + 4;
    usage.nearest.front().word = attack;
  }
  report.static_nearest.front().word = attack;
  report.senses.front().nearest.front().word = attack;
  const std::string page = HtmlReport(report);
  EXPECT_EQ(NestingFault(page), "");
  EXPECT_THAT(page, Not(HasSubstr("<img src=x")));
  EXPECT_THAT(page, Not(HasSubstr("\" onload=\"")));
  EXPECT_THAT(page, Not(HasSubstr("\x1B")));
  EXPECT_THAT(page, HasSubstr("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;"));
  EXPECT_TRUE(IsValidUtf8(page));
  EXPECT_EQ(Count(page, "</script>"), 2u);
}

TEST(HtmlReport, KeepsToValidUtf8WhereItCutsLongTexts) {
  UsageReport report = FirstUsages(2);
  std::string around;
  for (int repeat = 0; repeat < 100'000; ++repeat) around += "書";
  for (std::size_t shift = 0; shift < 3; ++shift) {
    report.texts[0] = std::string(shift, 'x') + around + "book" + std::string(shift, 'x') + around;
    report.usages[0].bytes = {shift + around.size(), shift + around.size() + 4};
    const std::string page = HtmlReport(report);
    EXPECT_TRUE(IsValidUtf8(page));
    EXPECT_THAT(page, Not(HasSubstr("\uFFFD")));
    EXPECT_THAT(page, HasSubstr("書<mark>book</mark>"));
    EXPECT_LT(page.size(), 60'000u);
  }
}

TEST(HtmlReport, ShowsTheCosinesGiven) {
  const UsageReport report = FiveBooks();
  const std::string page = HtmlReport(report);
  const std::vector<std::string> cells = CellTexts(page);
  ASSERT_EQ(cells.size(), 25u);
  for (std::size_t cell = 0; cell < 25; ++cell) {
    EXPECT_NEAR(std::stod(cells[cell]), report.cosines.back()[cell], 0.00501);
  }
  for (const float mean : report.mean_cosines) {
    EXPECT_THAT(page, HasSubstr("<td>" + CosineText(mean) + "</td>"));
  }
  EXPECT_THAT(page, HasSubstr("first component: 52 % of the variance"));
  EXPECT_THAT(page, HasSubstr("second: 24 % of the variance"));
}

TEST(HtmlReport, GivesTheScriptEachLayersPairsInHundredths) {
  // 0.96 and 0.50, each as one byte: 196 and 150.
  EXPECT_THAT(HtmlReport(FirstUsages(2)), HasSubstr("\"cosines\":[\"xA==\","));
  EXPECT_THAT(HtmlReport(FirstUsages(2)), HasSubstr(",\"lg==\"]"));
}

TEST(HtmlReport, KeepsWordsWholeInExcerpts) {
  UsageReport report = FirstUsages(2);
  report.texts[0] = "The travellers who book their flights immediately pay less.";
  report.usages[0].bytes = {19, 23};
  EXPECT_THAT(HtmlReport(report), HasSubstr(">…travellers who book their flights…<"));
}

// Where the labels of the map's points are, and how each begins.
std::string LabelPlaces(const std::string& page) {
  std::string places;
  const std::size_t map = page.find("aria-labelledby=\"map\"");
  const std::string section = page.substr(map, page.find("</section>", map) - map);
  for (std::size_t at = section.find("<text class="); at != std::string::npos;
       at = section.find("<text class=", at + 1)) {
    const std::size_t word = section.find("class=\"snippet\"", at);
    places += section.substr(at, section.find('>', at) - at);
    places += word < section.find("</text>", at) ? " with words\n" : "\n";
  }
  return places;
}

TEST(HtmlReport, GivesALabelTheWidthOfItsLettersHoweverTheyAreWritten) {
  UsageReport letters = FiveBooks(), marks = FiveBooks();
  for (std::size_t text = 0; text < 5; ++text) {
    letters.texts[text] = "nnnnnnnn book nnnnnnnn";
    marks.texts[text] = "&<>\"'&<> book '\"<>&<>&";
    letters.usages[text].bytes = marks.usages[text].bytes = {9, 13};
  }
  const std::string places = LabelPlaces(HtmlReport(letters));
  EXPECT_EQ(Count(places, "with words"), 5u);
  EXPECT_EQ(LabelPlaces(HtmlReport(marks)), places);
}

TEST(HtmlReport, DrawsALineForEachPairWhileTheyAreFew) {
  EXPECT_EQ(Count(HtmlReport(FiveBooks()), "data-pair=\""), 10u + 1);  // one is the script's
  EXPECT_EQ(Count(HtmlReport(ManyBooks(11, false)), "data-pair=\""), 55u + 1);
  const std::string many = HtmlReport(ManyBooks(12, false));
  EXPECT_EQ(Count(many, "data-pair=\""), 0u + 1);
  EXPECT_THAT(many, HasSubstr("<path class=\"range\""));
}

TEST(HtmlReport, IsSmallForFewUsagesAndUsableForMany) {
  EXPECT_LT(HtmlReport(FiveBooks()).size(), 60'000u);
  const std::string many = HtmlReport(ManyBooks(300, true));
  EXPECT_LT(many.size(), 1'500'000u);
  EXPECT_THAT(many, HasSubstr("data:image/bmp;base64,Qk"));
  EXPECT_THAT(many, HasSubstr("288 more usages"));
  EXPECT_EQ(Count(many, "<tr id=\"usage-"), 300u);
}

TEST(HtmlReport, NamesSensesAndTheirUsages) {
  const std::string page = HtmlReport(FiveBooksWithSenses());
  EXPECT_THAT(page, HasSubstr("<bdi>reserve</bdi>, <bdi>reservation</bdi>, <bdi>table</bdi>"));
  EXPECT_THAT(page, HasSubstr("Sense 3: 1 usage of 5"));
  EXPECT_THAT(page, HasSubstr("Silhouette 0.41"));
  EXPECT_THAT(HtmlReport(FiveBooks()), Not(HasSubstr("id=\"senses\"")));
}

TEST(HtmlReport, SaysWhatIsMissing) {
  UsageReport report = FiveBooks();
  report.static_nearest.clear();
  EXPECT_THAT(HtmlReport(report), HasSubstr("<b>news.kin</b> has no vector of ‘book’"));
  EXPECT_THAT(HtmlReport(report), Not(HasSubstr("always 1.00")));

  report = FirstUsages(1);
  EXPECT_THAT(HtmlReport(report), HasSubstr("‘book’ in 1 place<"));
  EXPECT_THAT(HtmlReport(report), HasSubstr("One usage alone"));

  report = FiveBooks();
  EXPECT_THAT(HtmlReport(report), HasSubstr("1 text of 6 without the word."));
  EXPECT_THAT(HtmlReport(report), Not(HasSubstr("left out")));
  EXPECT_THAT(HtmlReport(report), Not(HasSubstr("took only the beginning")));
  report.without_count = 0;
  report.beyond_count = 2;
  report.usages[1].is_cut = true;
  EXPECT_THAT(HtmlReport(report), Not(HasSubstr("without the word")));
  EXPECT_THAT(HtmlReport(report), HasSubstr("2 usages left out"));
  EXPECT_THAT(HtmlReport(report), HasSubstr("took only the beginning"));
}

TEST(DisplayOrder, PutsAlikeUsagesTogether) {
  EXPECT_THAT(DisplayOrder(FiveBooks()), ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(DisplayOrder(FiveBooksWithSenses()), ElementsAre(0, 2, 1, 3, 4));
  const UsageReport many = ManyBooks(20, false);
  EXPECT_TRUE(std::ranges::is_sorted(
      DisplayOrder(many), {}, [&](std::size_t usage) { return many.usages[usage].position[0]; }));
}

}  // namespace
}  // namespace wordkin::cli
