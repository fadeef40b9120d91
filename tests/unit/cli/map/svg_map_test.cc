#include "cli/map/svg_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <set>

#include "cli/html/svg_marker.h"
#include "cli/map/map_palette.h"
#include "common/text/utf8.h"
#include "tests/unit/cli/html/page_checks.h"
#include "tests/unit/cli/map/sample_maps.h"

namespace wordkin::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(SvgMap, IsWellFormedWhateverTheWords) {
  for (const MapReport& report :
       {SampleMap(1, 1), SampleMap(2, 2), SampleMap(500, 32), SampleMap(HostileWords(), 3)}) {
    const std::string svg = SvgMap(report);
    EXPECT_EQ(NestingFault(svg), "");
    EXPECT_TRUE(IsValidUtf8(svg));
    EXPECT_TRUE(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    // That name is no address to fetch from.
    EXPECT_EQ(OutsideAddress(svg.substr(60)), "");
  }
}

TEST(SvgMap, ShowsHostileWordsAsText) {
  MapReport report = SampleMap(HostileWords(), 3);
  report.centre = 0;
  report.source = "<b>.kin";
  const std::string svg = SvgMap(report);
  EXPECT_THAT(svg, Not(HasSubstr("<img")));
  EXPECT_THAT(svg, Not(HasSubstr("<b>")));
  EXPECT_THAT(svg, Not(HasSubstr("\x1B")));
  EXPECT_THAT(svg, Not(HasSubstr("\uFFFE")));
  EXPECT_THAT(svg, HasSubstr("<title>&lt;!--</title>"));
  EXPECT_THAT(svg, HasSubstr("<title>\uFFFD\uFFFD[31m</title>"));
  EXPECT_THAT(svg, HasSubstr("around ‘&lt;/script&gt;&lt;img"));
}

TEST(SvgMap, ShowsEveryWordAndNamesClusters) {
  const std::string svg = SvgMap(SampleMap(40, 3));
  EXPECT_EQ(Count(svg, "<g><title>"), 40u);
  EXPECT_EQ(Count(svg, "<g class=\"dots c"), 3u + 3);  // and the keys
  EXPECT_THAT(svg, HasSubstr(">word0, word3, word6"));
  EXPECT_THAT(svg, HasSubstr("40 words of v.kin · t-SNE, perplexity 30"));
  EXPECT_EQ(Count(svg, "class=\"centre\""), 0u);
}

TEST(SvgMap, MarksTheWordItIsAround) {
  MapReport report = SampleMap(400, 3);
  report.centre = 399;
  EXPECT_THAT(SvgMap(report), HasSubstr("class=\"centre\""));
  EXPECT_EQ(PlaceMapLabels(report).front().word, 399u);
  EXPECT_EQ(PlaceMapLabels(report).front().size, 0);
}

TEST(PlaceMapLabels, LetsNoLabelLieOnAnother) {
  for (const std::size_t count : {5, 200, 3000}) {
    const std::vector<MapLabel> labels = PlaceMapLabels(SampleMap(count, 2));
    EXPECT_GE(labels.size() + 60, std::min<std::size_t>(count, 200));
    for (std::size_t i = 0; i < labels.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(labels[i].box.Meets(labels[j].box));
      EXPECT_GE(labels[i].box.left, 0);
      EXPECT_LE(labels[i].box.right, 1200);
      EXPECT_LE(labels[i].box.bottom, 820);
    }
  }
}

TEST(PlaceMapLabels, PrefersFrequentWords) {
  const std::vector<MapLabel> labels = PlaceMapLabels(SampleMap(5000, 2));
  ASSERT_LT(labels.size(), 1000u);
  EXPECT_EQ(labels.front().word, 0u);
  std::size_t frequent = 0;
  for (const MapLabel& label : labels) frequent += label.word < 1000;
  EXPECT_GT(2 * frequent, labels.size());
}

TEST(PlaceMapLabels, TakesWordsAtOnePlace) {
  MapReport report = SampleMap(30, 1);
  report.map.points.assign(30, {7, 7});
  EXPECT_LE(PlaceMapLabels(report).size(), 4u);
  EXPECT_EQ(NestingFault(SvgMap(report)), "");
}

// Red, green and blue as light, 0 to 1.
using Light = std::array<double, 3>;

Light LightOf(std::string_view hex) {
  Light light = {};
  for (std::size_t i = 0; i < 3; ++i) {
    const double value = static_cast<double>(std::strtol(
                             std::string(hex.substr(1 + 2 * i, 2)).c_str(), nullptr, 16)) /
                         255;
    light[i] = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  }
  return light;
}

// As different as they look: in OKLab (Ottosson 2020).
double Difference(const Light& a, const Light& b) {
  const auto lab = [](const Light& c) {
    const double l = std::cbrt(0.4122214708 * c[0] + 0.5363325363 * c[1] + 0.0514459929 * c[2]);
    const double m = std::cbrt(0.2119034982 * c[0] + 0.6806995451 * c[1] + 0.1073969566 * c[2]);
    const double s = std::cbrt(0.0883024619 * c[0] + 0.2817188376 * c[1] + 0.6299787005 * c[2]);
    return Light{0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
  };
  const Light x = lab(a), y = lab(b);
  return std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

// What someone sees who lacks a kind of cones (Machado, Oliveira and Fernandes 2009): none, those
// for red, for green, for blue.
Light SeenBy(int kind, const Light& light) {
  static constexpr double kKinds[4][3][3] = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
                                             {{0.152286, 1.052583, -0.204868},
                                              {0.114503, 0.786281, 0.099216},
                                              {-0.003882, -0.048116, 1.051998}},
                                             {{0.367322, 0.860646, -0.227968},
                                              {0.280085, 0.672501, 0.047413},
                                              {-0.011820, 0.042940, 0.968881}},
                                             {{1.255528, -0.076749, -0.178779},
                                              {-0.078411, 0.930809, 0.147602},
                                              {0.004733, 0.691367, 0.303900}}};
  Light seen = {};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) seen[i] += kKinds[kind][i][j] * light[j];
    seen[i] = std::clamp(seen[i], 0.0, 1.0);
  }
  return seen;
}

double Contrast(const Light& a, const Light& b) {
  const auto luminance = [](const Light& c) {
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] + 0.05;
  };
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});
  return high / low;
}

TEST(MapPalette, StandsOutFromThePaperAndStaysApartHoweverOneSeesColors) {
  for (const auto& [colors, paper] :
       {std::pair{kLightColors, "#fdfdfb"}, std::pair{kDarkColors, "#16181c"}}) {
    for (std::size_t i = 0; i < kMapColors; ++i) {
      // WCAG's contrast for what is no text: 3.
      EXPECT_GE(Contrast(LightOf(colors[i]), LightOf(paper)), 3) << colors[i];
      for (std::size_t j = 0; j < i; ++j) {
        for (int kind = 0; kind < 4; ++kind) {
          EXPECT_GE(Difference(SeenBy(kind, LightOf(colors[i])), SeenBy(kind, LightOf(colors[j]))),
                    0.09)
              << colors[i] << " and " << colors[j] << ", kind " << kind;
        }
      }
    }
  }
}

TEST(MapPalette, TellsClustersApartByColorOrShape) {
  std::set<std::pair<std::size_t, std::size_t>> looks;
  for (std::size_t cluster = 0; cluster < 32; ++cluster) {
    looks.emplace(ClusterColor(cluster), ClusterShape(cluster) % kMarkerShapes);
  }
  EXPECT_EQ(looks.size(), 32u);
}

}  // namespace
}  // namespace wordkin::cli
