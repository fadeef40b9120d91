#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "cli/comparison/html_sections.h"
#include "cli/comparison/html_texts.h"
#include "cli/html/html_escape.h"
#include "cli/numbers.h"

namespace wordkin::cli {
namespace {

constexpr std::size_t kMostPairLines = 60;
constexpr std::size_t kMostPairLabels = 10;
constexpr double kLabelHeight = 14;

// Where the lines are drawn, in the units of the viewBox.
class LinePlot {
 public:
  static constexpr double kLeft = 44, kRight = 560, kTop = 26, kBottom = 300;

  LinePlot(std::size_t layer_count, const CosineScale& scale)
      : layer_count_(layer_count), lowest_((scale.lowest() - 100) / 100.0) {}

  double lowest() const { return lowest_; }
  double step() const {
    return layer_count_ < 2 ? 0 : (kRight - kLeft) / static_cast<double>(layer_count_ - 1);
  }
  double X(std::size_t layer) const { return kLeft + step() * static_cast<double>(layer); }
  double Y(double cosine) const {
    return kBottom - (cosine - lowest_) / (1 - lowest_) * (kBottom - kTop);
  }
  std::string Point(std::size_t layer, double cosine) const {
    return FixedPoint(X(layer), 1) + " " + FixedPoint(Y(cosine), 1);
  }
  // "M44 12L…" over the layers; a value that is no number breaks the line.
  template <typename CosineOfLayer>
  std::string Path(CosineOfLayer cosine_of) const {
    std::string path;
    bool is_drawing = false;
    for (std::size_t layer = 0; layer < layer_count_; ++layer) {
      const double cosine = cosine_of(layer);
      if (std::isfinite(cosine)) Append(path, is_drawing ? "L" : "M", Point(layer, cosine));
      is_drawing = std::isfinite(cosine);
    }
    return path;
  }

 private:
  std::size_t layer_count_;
  double lowest_;
};

struct Spread {
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -std::numeric_limits<double>::infinity();
  double sum = 0;
  std::size_t count = 0;

  void Add(double cosine) {
    if (!std::isfinite(cosine)) return;
    lowest = std::min(lowest, cosine);
    highest = std::max(highest, cosine);
    sum += cosine;
    ++count;
  }
  double mean() const { return sum / static_cast<double>(count); }  // NaN of none
};

struct LayerSpread {
  Spread all;
  Spread within;   // pairs of one sense
  Spread between;  // pairs of two
};

std::vector<LayerSpread> Spreads(const UsageReport& report) {
  const std::size_t count = report.usages.size();
  std::vector<LayerSpread> spreads(report.cosines.size());
  for (std::size_t layer = 0; layer < spreads.size(); ++layer) {
    for (std::size_t first = 0; first < count; ++first) {
      for (std::size_t second = first + 1; second < count; ++second) {
        const double cosine = report.cosines[layer][first * count + second];
        spreads[layer].all.Add(cosine);
        const bool is_one_sense = report.usages[first].sense == report.usages[second].sense;
        (is_one_sense ? spreads[layer].within : spreads[layer].between).Add(cosine);
      }
    }
  }
  return spreads;
}

std::string Axes(const LinePlot& plot, std::size_t layer_count) {
  std::string axes = "<g class=\"axes\">";
  // At most some six lines, at round tenths.
  const int tenths = static_cast<int>(std::lround(10 * (1 - plot.lowest())));
  const int tick = tenths > 12 ? 5 : tenths > 6 ? 2 : 1;
  for (int below = 0; below <= tenths; below += tick) {
    const double cosine = 1 - below / 10.0;
    const std::string y = FixedPoint(plot.Y(cosine), 1);
    Append(axes, "<path d=\"M", FixedPoint(LinePlot::kLeft, 0), " ", y, "H",
           FixedPoint(LinePlot::kRight, 0), "\"/><text class=\"end\" x=\"36\" y=\"", y,
           "\" dy=\".35em\">", FixedPoint(std::abs(cosine) < 0.01 ? 0 : cosine, 1), "</text>");
  }
  const std::size_t stride = (layer_count + 12) / 13;
  for (std::size_t layer = 0; layer < layer_count; layer += stride) {
    Append(axes, "<text x=\"", FixedPoint(plot.X(layer), 1), "\" y=\"322\">",
           layer == 0 ? "0" : std::to_string(layer), "</text>");
  }
  return axes + "<text x=\"302\" y=\"346\">layer (0: the embeddings)</text></g>\n";
}

struct PairLine {
  std::size_t first;
  std::size_t second;
  double label_y = 0;
};

std::vector<PairLine> PairLines(const UsageReport& report, const LinePlot& plot) {
  const std::size_t count = report.usages.size();
  std::vector<PairLine> pairs;
  for (std::size_t first = 0; first < count; ++first) {
    for (std::size_t second = first + 1; second < count; ++second) {
      const double last = report.cosines.back()[first * count + second];
      pairs.push_back({first, second, plot.Y(std::isfinite(last) ? last : plot.lowest())});
    }
  }
  std::ranges::sort(pairs, {}, &PairLine::label_y);
  return pairs;
}

// Labels, from the top down, moved as little as it takes for none to lie on another.
void PartLabels(std::vector<PairLine>& pairs) {
  for (std::size_t place = 1; place < pairs.size(); ++place) {
    pairs[place].label_y = std::max(pairs[place].label_y, pairs[place - 1].label_y + kLabelHeight);
  }
  double limit = LinePlot::kBottom;
  for (std::size_t place = pairs.size(); place-- > 0;) {
    pairs[place].label_y = std::min(pairs[place].label_y, limit);
    limit = pairs[place].label_y - kLabelHeight;
  }
}

std::string PairGroup(const UsageReport& report, const LinePlot& plot, const PairLine& pair,
                      bool has_label) {
  const std::size_t at = pair.first * report.usages.size() + pair.second;
  const std::string path = plot.Path([&](std::size_t layer) { return report.cosines[layer][at]; });
  const bool is_one_sense = report.usages[pair.first].sense == report.usages[pair.second].sense;
  const std::string_view kind = report.senses.empty() ? "" : is_one_sense ? " within" : " between";
  const std::string name = Numbered(pair.first) + "–" + Numbered(pair.second);
  std::string group = "<g class=\"pair";
  Append(
      group, kind, "\" data-pair=\"", std::to_string(pair.first), "-", std::to_string(pair.second),
      "\"><title>", name, ": ", CosineText(report.cosines.back()[at]),
      " at the last layer</title><path class=\"hit\" d=\"", path, "\"/><path d=\"", path, "\"/>");
  if (has_label) {
    Append(group, "<text class=\"start\" x=\"568\" y=\"", FixedPoint(pair.label_y, 1),
           "\" dy=\".35em\">", name, "</text>");
  }
  return group + "</g>\n";
}

std::string Range(const LinePlot& plot, const std::vector<LayerSpread>& spreads) {
  std::string path;
  for (std::size_t layer = 0; layer < spreads.size(); ++layer) {
    if (spreads[layer].all.count == 0) return "";
    Append(path, layer == 0 ? "M" : "L", plot.Point(layer, spreads[layer].all.highest));
  }
  for (std::size_t layer = spreads.size(); layer-- > 0;) {
    Append(path, "L", plot.Point(layer, spreads[layer].all.lowest));
  }
  return "<path class=\"range\" d=\"" + path + "Z\"/>\n";
}

std::string SenseMeans(const LinePlot& plot, const std::vector<LayerSpread>& spreads) {
  return "<path class=\"mean within\" d=\"" +
         plot.Path([&](std::size_t layer) { return spreads[layer].within.mean(); }) +
         "\"/><path class=\"mean between\" d=\"" +
         plot.Path([&](std::size_t layer) { return spreads[layer].between.mean(); }) + "\"/>\n";
}

std::string MeanLine(const UsageReport& report, const LinePlot& plot) {
  std::string mean = "<g class=\"average\"><path class=\"mean\" d=\"";
  Append(mean, plot.Path([&](std::size_t layer) { return report.mean_cosines[layer]; }), "\"/>");
  for (std::size_t layer = 0; layer < report.mean_cosines.size(); ++layer) {
    if (!std::isfinite(report.mean_cosines[layer])) continue;
    Append(mean, "<circle cx=\"", FixedPoint(plot.X(layer), 1), "\" cy=\"",
           FixedPoint(plot.Y(report.mean_cosines[layer]), 1), "\" r=\"3.5\"><title>",
           LayerName(layer), ": mean ", CosineText(report.mean_cosines[layer]),
           "</title></circle>");
  }
  return mean + "</g>\n";
}

std::string Keys(const UsageReport& report, bool has_pairs) {
  std::string keys = "<p class=\"keys\"><span class=\"key average\">mean of all pairs</span> ";
  if (!report.senses.empty()) {
    keys += has_pairs ? "<span class=\"key within\">a pair of one sense</span> "
                        "<span class=\"key between\">a pair of two senses</span> "
                      : "<span class=\"key within mean\">mean within senses</span> "
                        "<span class=\"key between mean\">mean between senses</span> ";
  } else if (has_pairs) {
    keys += "<span class=\"key pairs\">a pair of usages</span> ";
  }
  if (!has_pairs) keys += "<span class=\"key range\">lowest to highest</span> ";
  if (!report.static_nearest.empty()) {
    keys += "<span class=\"key constant\">static vector: always 1.00</span>";
  }
  return keys + "</p>\n";
}

std::string NumbersTable(const UsageReport& report, const std::vector<LayerSpread>& spreads) {
  std::string table =
      "<details><summary>The numbers</summary><table class=\"numbers\"><thead><tr>"
      "<th scope=\"col\">layer</th><th scope=\"col\">mean</th><th scope=\"col\">lowest</th>"
      "<th scope=\"col\">highest</th></tr></thead><tbody>\n";
  const auto text = [](double cosine) { return CosineText(static_cast<float>(cosine)); };
  for (std::size_t layer = 0; layer < spreads.size(); ++layer) {
    Append(table, "<tr><th scope=\"row\">", LayerName(layer), "</th><td>",
           text(report.mean_cosines[layer]), "</td><td>", text(spreads[layer].all.lowest),
           "</td><td>", text(spreads[layer].all.highest), "</td></tr>\n");
  }
  return table + "</tbody></table></details>\n";
}

}  // namespace

std::string LinesSection(const UsageReport& report, const CosineScale& scale) {
  const std::size_t count = report.usages.size();
  const std::size_t pair_count = count * (count - 1) / 2;
  const bool has_pairs = pair_count <= kMostPairLines;
  const LinePlot plot(report.cosines.size(), scale);
  const std::vector<LayerSpread> spreads = Spreads(report);
  std::string section =
      "<section aria-labelledby=\"layers\"><h2 id=\"layers\">Layer by layer</h2>\n"
      "<p class=\"note\">How alike the usages are as the encoder reads on. Layer 0 knows the word "
      "alone and its place; each layer after it lets in more of the text around it.</p>\n";
  Append(section,
         "<svg id=\"lines\" class=\"chart\" viewBox=\"0 0 620 352\" role=\"img\" "
         "aria-label=\"Mean cosine by layer, from ",
         CosineText(report.mean_cosines.front()), " in the embeddings to ",
         CosineText(report.mean_cosines.back()), " in the last layer\" data-left=\"",
         FixedPoint(LinePlot::kLeft, 0), "\" data-step=\"", FixedPoint(plot.step(), 3), "\">\n",
         Axes(plot, report.cosines.size()));
  if (!report.static_nearest.empty()) section += "<path class=\"constant\" d=\"M44 26H560\"/>\n";
  section += "<path class=\"cursor\" d=\"M0 26V300\" visibility=\"hidden\"/>\n";
  if (has_pairs) {
    std::vector<PairLine> pairs = PairLines(report, plot);
    PartLabels(pairs);
    for (const PairLine& pair : pairs) {
      section += PairGroup(report, plot, pair, pair_count <= kMostPairLabels);
    }
  } else {
    section += Range(plot, spreads);
    if (!report.senses.empty()) section += SenseMeans(plot, spreads);
  }
  return section + MeanLine(report, plot) + "</svg>\n" + Keys(report, has_pairs) +
         NumbersTable(report, spreads) + "</section>\n";
}

}  // namespace wordkin::cli
