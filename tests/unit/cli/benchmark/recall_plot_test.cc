#include "cli/benchmark/recall_plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace wordkin::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

query::SearchMeasurement Graph(int effort, double recall, double speed) {
  return {.search = "hnsw", .effort = effort, .recall = recall, .queries_per_second = speed};
}

TEST(RecallPlot, DrawsTheGraphsEffortsAsALineAndOtherSearchesAsPoints) {
  const std::vector<query::SearchMeasurement> measurements = {{.search = "exact",
                                                               .batch = 8,
                                                               .thread_count = 2,
                                                               .effort = {},
                                                               .recall = 1,
                                                               .queries_per_second = 5000},
                                                              Graph(50, 0.9, 20000),
                                                              Graph(100, 0.99, 9000)};
  const std::string svg = RecallPlot(measurements, "v.kin");
  EXPECT_THAT(svg, HasSubstr("<polyline"));
  EXPECT_THAT(svg, HasSubstr("hnsw, effort 100: recall 0.9900, 9,000 queries a second"));
  EXPECT_THAT(svg, HasSubstr(">exact, 8 at a time, 2 threads<"));
  EXPECT_THAT(RecallPlot(std::span(measurements).first(1), "v.kin"), Not(HasSubstr("<polyline")));
}

TEST(RecallPlot, StaysWithinItsFrameWhateverWasMeasured) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const double recall : {0.0, 0.5, 1.0}) {
    for (const double speed : {0.0, 1e-9, 1.0, 1e12}) {
      const std::vector<query::SearchMeasurement> one = {Graph(10, recall, speed)};
      EXPECT_THAT(RecallPlot(one, "v"), Not(HasSubstr("nan")));
      EXPECT_THAT(RecallPlot(one, "v"), Not(HasSubstr("=\"-")));
    }
  }
  const std::vector<query::SearchMeasurement> endless = {Graph(10, 0.5, kInfinity)};
  EXPECT_THAT(RecallPlot(endless, "v"), Not(HasSubstr("inf")));
}

TEST(RecallPlot, EscapesTheFilesName) {
  EXPECT_THAT(RecallPlot(std::vector{Graph(1, 1, 1)}, "<script>&"),
              HasSubstr("<title>&lt;script&gt;&amp;</title>"));
}

}  // namespace
}  // namespace wordkin::cli
