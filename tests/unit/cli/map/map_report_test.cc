#include "cli/map/map_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/map/map_text.h"
#include "tests/unit/cli/map/sample_maps.h"

namespace wordkin::cli {
namespace {

using testing::ElementsAre;

TEST(MapReport, NamesItself) {
  MapReport report = SampleMap(2000, 4);
  EXPECT_EQ(MapTitle(report), "2,000 words of v.kin");
  EXPECT_EQ(MapMethodText(report), "t-SNE, perplexity 30");
  report.centre = 7;
  report.method = query::MapMethod::kPrincipalComponents;
  EXPECT_EQ(MapTitle(report), "2,000 words around ‘word7’ in v.kin");
  EXPECT_EQ(MapMethodText(report), "principal components");
  EXPECT_EQ(MapTitle(SampleMap(1, 1)), "1 word of v.kin");
}

TEST(MapReport, OrdersLabelsByFrequencyButTheCentreFirst) {
  MapReport report = SampleMap(4, 1);
  EXPECT_THAT(LabelOrder(report), ElementsAre(0, 1, 2, 3));
  report.centre = 2;
  EXPECT_THAT(LabelOrder(report), ElementsAre(2, 0, 1, 3));
  EXPECT_EQ(LabelSize(0, 1), 0);
  EXPECT_EQ(LabelSize(3, 100), 0);
  EXPECT_EQ(LabelSize(4, 100), 1);
  EXPECT_EQ(LabelSize(20, 100), 2);
  EXPECT_EQ(LabelSize(60, 10'000), 1);
  EXPECT_EQ(LabelSize(500, 10'000), 2);
}

TEST(MapReport, CutsLongWordsBetweenCharacters) {
  EXPECT_EQ(ShortWord("word"), "word");
  std::string books;
  for (int repeat = 0; repeat < 41; ++repeat) books += "書";
  EXPECT_EQ(ShortWord(books.substr(3)), books.substr(3));
  EXPECT_EQ(ShortWord(books), books.substr(6) + "…");
}

TEST(MapText, TellsPlacesAndClusters) {
  MapReport report = SampleMap({"tea", "cup\tx"}, 2);
  report.map.points = {{1.5, -2}, {0.1234567, 3}};
  EXPECT_EQ(MapTsv(report), "word\tx\ty\tcluster\ntea\t1.5\t-2\t0\ncup\\u{09}x\t0.123457\t3\t1\n");
  report.centre = 1;
  const Json json = MapJson(report);
  EXPECT_EQ(json["method"], "tsne");
  EXPECT_EQ(json["around"], "cup\tx");
  EXPECT_EQ(json["words"][0].dump(), R"({"word":"tea","x":1.5,"y":-2.0,"cluster":0})");
  EXPECT_EQ(json["clusters"][1].dump(), R"({"size":1,"words":["cup\tx"]})");
  report.method = query::MapMethod::kPrincipalComponents;
  EXPECT_FALSE(MapJson(report).contains("perplexity"));
}

}  // namespace
}  // namespace wordkin::cli
