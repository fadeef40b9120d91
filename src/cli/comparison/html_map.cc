#include <algorithm>
#include <cmath>
#include <optional>

#include "cli/comparison/html_sections.h"
#include "cli/comparison/html_texts.h"
#include "cli/html/box_placer.h"
#include "cli/html/html_escape.h"
#include "cli/html/svg_marker.h"
#include "cli/numbers.h"
#include "common/text/utf8.h"

namespace wordkin::cli {
namespace {

constexpr double kWidth = 620, kHeight = 400;
constexpr double kMargin = 40;
// With more usages a label is the number alone.
constexpr std::size_t kMostSnippets = 14;
// Of the labels, in the units of the viewBox; wide enough for most fonts.
constexpr double kDigitWidth = 7.5, kLetterWidth = 6, kLetterHeight = 16;

struct Point {
  double x, y;
};

// One scale for both axes, or distances on the map would not be those of the vectors.
std::vector<Point> PlacePoints(const UsageReport& report) {
  std::array<double, 2> low = {INFINITY, INFINITY}, high = {-INFINITY, -INFINITY};
  for (const ReportedUsage& usage : report.usages) {
    for (std::size_t axis = 0; axis < 2; ++axis) {
      low[axis] = std::min<double>(low[axis], usage.position[axis]);
      high[axis] = std::max<double>(high[axis], usage.position[axis]);
    }
  }
  const double scale = std::min((kWidth - 2 * kMargin) / std::max(high[0] - low[0], 1e-9),
                                (kHeight - 2 * kMargin) / std::max(high[1] - low[1], 1e-9));
  std::vector<Point> points;
  for (const ReportedUsage& usage : report.usages) {
    points.push_back({kWidth / 2 + scale * (usage.position[0] - (low[0] + high[0]) / 2),
                      kHeight / 2 - scale * (usage.position[1] - (low[1] + high[1]) / 2)});
  }
  return points;
}

struct Label {
  Point at;                 // on its base line
  std::string_view anchor;  // which end of it is there, as the style sheet calls it
  bool has_snippet;
};

// Puts labels beside points where neither another label nor a point is.
class LabelPlacer {
 public:
  LabelPlacer(const std::vector<Point>& points, double radius)
      : radius_(radius), boxes_({kInset, kInset, kWidth - kInset, kHeight - kInset}, kCell) {
    for (const Point& point : points) {
      boxes_.Occupy({point.x - radius, point.y - radius, point.x + radius, point.y + radius});
    }
  }

  // Right of the point, left of it, above or below.
  std::optional<Label> Place(const Point& point, double width, bool has_snippet) {
    const double gap = radius_ + 4;
    const double half = kLetterHeight / 2;
    const std::array<Candidate, 4> places = {
        {{{point.x + gap, point.y - half}, 0, "start"},
         {{point.x - gap - width, point.y - half}, width, "end"},
         {{point.x - width / 2, point.y - gap - kLetterHeight}, width / 2, "middle"},
         {{point.x - width / 2, point.y + gap}, width / 2, "middle"}}};
    for (const Candidate& place : places) {
      const Point& corner = place.corner;
      const Box box = {corner.x, corner.y, corner.x + width, corner.y + kLetterHeight};
      if (!boxes_.Place(box)) continue;
      return Label{
          {corner.x + place.to_anchor, corner.y + kLetterHeight - 4}, place.anchor, has_snippet};
    }
    return std::nullopt;
  }

 private:
  static constexpr double kInset = 4, kCell = 50;

  struct Candidate {
    Point corner;
    double to_anchor;
    std::string_view anchor;
  };

  double radius_;
  BoxPlacer boxes_;
};

std::optional<Label> PlaceLabel(const UsageReport& report, LabelPlacer& placer, const Point& point,
                                std::size_t usage) {
  const double number_width = kDigitWidth * static_cast<double>(Numbered(usage).size());
  if (report.usages.size() <= kMostSnippets) {
    const double letters = static_cast<double>(ToCodePoints(PlainSnippet(report, usage)).size());
    const double width = number_width + kLetterWidth * (letters + 1);
    if (const auto label = placer.Place(point, width, true)) return label;
  }
  return placer.Place(point, number_width, false);
}

std::string MapPoint(const UsageReport& report, std::size_t usage, const Point& point,
                     double radius, const std::optional<Label>& label) {
  const std::string snippet = Snippet(report, usage);
  std::string link = "<a href=\"#usage-" + Numbered(usage) + "\" class=\"point";
  Append(
      link, SenseClass(report, usage), "\" data-usage=\"", std::to_string(usage),
      "\" aria-label=\"", Numbered(usage), ": ", snippet, "\"><title>", Numbered(usage), ": ",
      snippet, "</title>",
      SvgMarker(point.x, point.y, radius, report.senses.empty() ? 0 : report.usages[usage].sense));
  if (label) {
    Append(link, "<text class=\"", label->anchor, "\" x=\"", FixedPoint(label->at.x, 1), "\" y=\"",
           FixedPoint(label->at.y, 1), "\"><tspan class=\"number\">", Numbered(usage), "</tspan>");
    if (label->has_snippet) Append(link, "<tspan class=\"snippet\"> ", snippet, "</tspan>");
    link += "</text>";
  }
  return link + "</a>\n";
}

std::string SenseKeys(const UsageReport& report) {
  std::string keys = "<p class=\"keys\">";
  for (std::size_t sense = 0; sense < report.senses.size(); ++sense) {
    Append(keys, "<span class=\"key\">", SenseMarker(sense), "<span>",
           SenseName(report.senses[sense]), "</span></span> ");
  }
  return keys + "</p>\n";
}

std::string ShareOfVariance(float share) {
  return FixedPoint(100.0 * share, 0) + " % of the variance";
}

}  // namespace

std::string SenseMarker(std::size_t sense) {
  return "<svg class=\"marker " + SenseColor(sense) +
         "\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">" + SvgMarker(8, 8, 5, sense) + "</svg>";
}

std::string MapSection(const UsageReport& report) {
  const std::vector<Point> points = PlacePoints(report);
  const double radius = points.size() <= kMostTableUsages ? 6 : 4;
  LabelPlacer placer(points, radius);
  std::string section =
      "<section aria-labelledby=\"map\"><h2 id=\"map\">Map</h2>\n"
      "<p class=\"note\">The usages’ vectors (";
  Append(section, LayerName(report.layer),
         ") seen from the side on which they differ most: along "
         "their first two principal components. Both axes have one scale.</p>\n"
         "<svg class=\"chart",
         points.size() > kMostSnippets ? " crowded" : "",
         "\" viewBox=\"0 0 620 430\" role=\"group\" aria-label=\"Map of ",
         Counted(points.size(), "usage", "usages"),
         "\">\n<g class=\"axes\"><rect x=\".5\" y=\".5\" "
         "width=\"619\" height=\"399\"/><text x=\"310\" y=\"422\">",
         "first component: ", ShareOfVariance(report.map_shares[0]),
         " →</text><text transform=\"translate(18 200) rotate(-90)\">second: ",
         ShareOfVariance(report.map_shares[1]), " →</text></g>\n");
  for (std::size_t usage = 0; usage < points.size(); ++usage) {
    section += MapPoint(report, usage, points[usage], radius,
                        PlaceLabel(report, placer, points[usage], usage));
  }
  section += "</svg>\n";
  if (!report.senses.empty()) section += SenseKeys(report);
  return section + "</section>\n";
}

}  // namespace wordkin::cli
