#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "cli/comparison/cosine_scale.h"
#include "tests/unit/cli/comparison/sample_reports.h"

namespace wordkin::cli {
namespace {

TEST(CosineText, RoundsToHundredths) {
  EXPECT_EQ(CosineText(0.534f), "0.53");
  EXPECT_EQ(CosineText(1.0000002f), "1.00");
  EXPECT_EQ(CosineText(-0.021f), "−0.02");
  EXPECT_EQ(CosineText(-0.004f), "0.00");
  EXPECT_EQ(CosineText(std::numeric_limits<float>::quiet_NaN()), "n/a");
}

double Luminance(const std::array<std::uint8_t, 3>& color) {
  const auto linear = [](std::uint8_t part) {
    const double value = part / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2]);
}

TEST(CosineScale, GetsLighterWithTheCosineAndLeavesTextReadable) {
  const CosineScale scale(FiveBooks());
  EXPECT_EQ(scale.lowest(), 120);
  double before = -1;
  for (int cosine = scale.lowest(); cosine <= 200; ++cosine) {
    const auto byte = static_cast<std::uint8_t>(cosine);
    const double luminance = Luminance(scale.Color(byte));
    EXPECT_GT(luminance, before);
    before = luminance;
    // WCAG's contrast for text: 4.5.
    const bool is_light = byte >= scale.first_light();
    const double contrast = is_light ? (luminance + 0.05) / 0.05 : 1.05 / (luminance + 0.05);
    EXPECT_GE(contrast, 4.5) << cosine;
  }
  EXPECT_EQ(scale.HexColor(200).size(), 7u);
}

TEST(CosineScale, ReachesDownToTheLowestCosine) {
  UsageReport report = FiveBooks();
  report.cosines[3][1] = -0.51f;
  EXPECT_EQ(CosineScale(report).lowest(), 40);
  report.cosines.assign(2, std::vector<float>(25, 1.0f));
  EXPECT_EQ(CosineScale(report).lowest(), 190);
}

}  // namespace
}  // namespace wordkin::cli
