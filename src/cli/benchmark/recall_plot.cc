#include "cli/benchmark/recall_plot.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cli/html/html_escape.h"
#include "cli/numbers.h"

namespace wordkin::cli {
namespace {

constexpr double kPlotWidth = 760, kPlotHeight = 460;
constexpr double kPlotLeft = 76, kPlotRight = 24, kPlotTop = 52, kPlotBottom = 56;
// One miss in 3,000: what is better is drawn there.
constexpr double kFewestMisses = 1.0 / 3000;

constexpr std::string_view kPlotStyle =
    "<style>svg{background:#fdfdfb;font:13px system-ui,sans-serif}text{fill:#1c1e21}"
    ".soft{fill:#5b6068}.grid{stroke:#dcdcd6}.graph{stroke:#1f4fa3;fill:none;stroke-width:2}"
    ".on-graph{fill:#1f4fa3}.other{fill:#8a6100}"
    "@media(prefers-color-scheme:dark){svg{background:#16181c}text{fill:#e6e6e1}.soft{fill:#a0a5ad}"
    ".grid{stroke:#34383f}.graph{stroke:#8db8ff}.on-graph{fill:#8db8ff}.other{fill:#e5b94a}}"
    "</style>";

// What a timer gives for too little work may be anything.
double Rate(const query::SearchMeasurement& measurement) {
  return std::clamp(measurement.queries_per_second, 0.01, 1e9);
}

struct PlotPoint {
  double x, y;
};

class PlotAxes {
 public:
  explicit PlotAxes(std::span<const query::SearchMeasurement> measurements) {
    double least = 1e9, most = 0.01, worst = 0.9;
    for (const auto& each : measurements) {
      least = std::min(least, Rate(each));
      most = std::max(most, Rate(each));
      worst = std::min(worst, each.recall);
    }
    low_ = std::floor(std::log10(least));
    high_ = std::max(std::ceil(std::log10(most)), low_ + 1);
    most_misses_ = std::clamp(1 - worst, 0.1, 1.0) * 1.1;
  }

  PlotPoint At(const query::SearchMeasurement& measurement) const {
    return {X(measurement.recall), Y(Rate(measurement))};
  }
  double X(double recall) const {
    const double misses = std::clamp(1 - recall, kFewestMisses, most_misses_);
    return kPlotLeft + (kPlotWidth - kPlotLeft - kPlotRight) * std::log(most_misses_ / misses) /
                           std::log(most_misses_ / kFewestMisses);
  }
  double Y(double queries_per_second) const {
    const double share = (std::log10(queries_per_second) - low_) / (high_ - low_);
    return kPlotHeight - kPlotBottom - share * (kPlotHeight - kPlotTop - kPlotBottom);
  }

  std::string Svg() const {
    std::string svg;
    for (double power = low_; power <= high_; ++power) {
      const double y = Y(std::pow(10, power));
      svg += Line(kPlotLeft, y, kPlotWidth - kPlotRight, y) +
             Text(kPlotLeft - 8, y + 4, "end", ShortNumber(std::pow(10, power)));
    }
    for (const double recall : {0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999}) {
      if (1 - recall > most_misses_) continue;
      svg += Line(X(recall), kPlotTop, X(recall), kPlotHeight - kPlotBottom) +
             Text(X(recall), kPlotHeight - kPlotBottom + 18, "middle", ShortNumber(recall));
    }
    const double end = kPlotWidth - kPlotRight;
    return svg + Line(end, kPlotTop, end, kPlotHeight - kPlotBottom) +
           Text(end, kPlotHeight - kPlotBottom + 18, "end", "1") +
           Text((kPlotLeft + end) / 2, kPlotHeight - 14, "middle", "recall") +
           Text(kPlotLeft - 62, kPlotTop - 12, "start", "queries a second");
  }

  static std::string Text(double x, double y, std::string_view anchor, const std::string& text) {
    return "<text class=\"soft\" x=\"" + FixedPoint(x, 1) + "\" y=\"" + FixedPoint(y, 1) +
           "\" text-anchor=\"" + std::string(anchor) + "\">" + EscapeHtml(text) + "</text>\n";
  }

 private:
  static std::string Line(double x1, double y1, double x2, double y2) {
    return "<line class=\"grid\" x1=\"" + FixedPoint(x1, 1) + "\" y1=\"" + FixedPoint(y1, 1) +
           "\" x2=\"" + FixedPoint(x2, 1) + "\" y2=\"" + FixedPoint(y2, 1) + "\"/>\n";
  }

  double low_, high_;  // powers of ten
  double most_misses_;
};

std::string Dot(PlotPoint at, std::string_view style, const query::SearchMeasurement& measurement) {
  return "<circle class=\"" + std::string(style) + "\" cx=\"" + FixedPoint(at.x, 1) + "\" cy=\"" +
         FixedPoint(at.y, 1) + "\" r=\"4\"><title>" + EscapeHtml(SearchLabel(measurement)) +
         ": recall " + FixedPoint(measurement.recall, 4) + ", " +
         WithThousands(std::llround(Rate(measurement))) + " queries a second</title></circle>\n";
}

}  // namespace

std::string SearchLabel(const query::SearchMeasurement& measurement) {
  if (measurement.effort) return "hnsw, effort " + std::to_string(*measurement.effort);
  if (measurement.search == "brute-force") return "brute force, float32";
  std::string label = std::string(measurement.search == "nibbles" ? "4-bit rows" : "exact") + ", " +
                      (measurement.batch == 1 ? "one" : std::to_string(measurement.batch)) +
                      " at a time";
  if (measurement.thread_count > 1) {
    label += ", " + std::to_string(measurement.thread_count) + " threads";
  }
  return label;
}

std::string RecallPlot(std::span<const query::SearchMeasurement> measurements,
                       const std::string& title) {
  const PlotAxes axes(measurements);
  std::string line, dots, labels;
  double last_label = kPlotTop - 16;
  std::vector<const query::SearchMeasurement*> others;
  for (const auto& each : measurements) {
    const PlotPoint at = axes.At(each);
    if (each.effort) {
      line += (line.empty() ? "" : " ") + FixedPoint(at.x, 1) + "," + FixedPoint(at.y, 1);
      dots += Dot(at, "on-graph", each);
      labels += PlotAxes::Text(at.x - 6, at.y + 16, "end", std::to_string(*each.effort));
    } else {
      others.push_back(&each);
    }
  }
  // All of them end at the right: from the top down, each label below the one before.
  std::ranges::sort(others, std::greater<>(),
                    [](const auto* each) { return each->queries_per_second; });
  for (const query::SearchMeasurement* each : others) {
    const PlotPoint at = axes.At(*each);
    dots += Dot(at, "other", *each);
    last_label = std::max(last_label + 16, at.y - 4);
    labels += PlotAxes::Text(at.x - 10, last_label, "end", SearchLabel(*each));
  }
  const std::string width = FixedPoint(kPlotWidth, 0), height = FixedPoint(kPlotHeight, 0);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " + height +
         "\" width=\"" + width + "\" height=\"" + height + "\" role=\"img\">\n<title>" +
         EscapeHtml(title) + "</title>\n" + std::string(kPlotStyle) + "\n<text x=\"16\" y=\"24\">" +
         EscapeHtml(title) + "</text>\n" + axes.Svg() +
         (line.empty() ? "" : "<polyline class=\"graph\" points=\"" + line + "\"/>\n") + dots +
         labels + "</svg>\n";
}

}  // namespace wordkin::cli
