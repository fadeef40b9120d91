#include "cli/map/svg_map.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/html/html_escape.h"
#include "cli/html/svg_marker.h"
#include "cli/map/map_palette.h"
#include "cli/numbers.h"
#include "common/text/utf8.h"

namespace wordkin::cli {

const std::string_view kSvgMapStyle = R"css(
.dots{fill:var(--c)}
.c0{--c:var(--c0)}.c1{--c:var(--c1)}.c2{--c:var(--c2)}.c3{--c:var(--c3)}.c4{--c:var(--c4)}.c5{--c:var(--c5)}.c6{--c:var(--c6)}.c7{--c:var(--c7)}
.labels text{fill:var(--ink);stroke:var(--paper);stroke-width:3px;stroke-opacity:.85;stroke-linejoin:round;paint-order:stroke}
.z0{font-size:16px;font-weight:600}.z1{font-size:13.5px}.z2{font-size:11.5px}
.centre{fill:none;stroke:var(--ink);stroke-width:2}
)css";

namespace {

constexpr double kMapWidth = 1200, kMapHeight = 820;
constexpr double kMapMargin = 24;
constexpr double kRing = 4;                                       // around the centre's dot
constexpr std::array<double, 3> kLetterSizes = {16, 13.5, 11.5};  // of the style sheet

// Of a letter, in the size of the letters; wide enough for most fonts without serifs.
double CharacterWidth(char32_t character) {
  constexpr std::u32string_view kNarrow = U"iljtfrI.,:;'|!()[]{}-";
  constexpr std::u32string_view kWide = U"mwMW@%";
  if (kNarrow.find(character) != std::u32string_view::npos) return 0.4;
  if (kWide.find(character) != std::u32string_view::npos) return 0.95;
  if (character >= 0x300 && character < 0x370) return 0;  // accents
  if (character >= U'A' && character <= U'Z') return 0.72;
  // Chinese, Japanese, Korean and pictures fill a square.
  return character >= 0x1100 ? 1.05 : 0.6;
}

double TextWidth(const std::string& text, double size) {
  double width = 0.3;
  for (const char32_t character : ToCodePoints(text)) width += CharacterWidth(character);
  return width * size;
}

// One scale for both axes: distances are what the map is about.
std::vector<query::Point> PicturePlaces(const MapReport& report) {
  const auto [low, high] = MapBounds(report);
  const double scale = std::min((kMapWidth - 2 * kMapMargin) / std::max(high.x - low.x, 1e-9),
                                (kMapHeight - 2 * kMapMargin) / std::max(high.y - low.y, 1e-9));
  std::vector<query::Point> places;
  for (const query::Point& point : report.map.points) {
    places.push_back({kMapWidth / 2 + scale * (point.x - (low.x + high.x) / 2),
                      kMapHeight / 2 - scale * (point.y - (low.y + high.y) / 2)});
  }
  return places;
}

double DotRadius(std::size_t word_count) {
  return word_count <= 300 ? 4.5 : word_count <= 3000 ? 2.8 : 2;
}

struct LabelPlace {
  query::Point corner;  // upper left
  double to_anchor;     // from there, across
  std::string_view anchor;
};

std::optional<MapLabel> PlaceMapLabel(std::size_t word, int size, double width, query::Point at,
                                      double radius, BoxPlacer& placer) {
  const double height = 1.15 * kLetterSizes[static_cast<std::size_t>(size)];
  const double gap = radius + 3;
  const std::array<LabelPlace, 4> places = {
      {{{at.x + gap, at.y - height / 2}, 0, "start"},
       {{at.x - gap - width, at.y - height / 2}, width, "end"},
       {{at.x - width / 2, at.y - gap - height}, width / 2, "middle"},
       {{at.x - width / 2, at.y + gap}, width / 2, "middle"}}};
  for (const LabelPlace& place : places) {
    const query::Point& corner = place.corner;
    const Box box = {corner.x, corner.y, corner.x + width, corner.y + height};
    if (!placer.Place(box)) continue;
    return MapLabel{word,        size, box, corner.x + place.to_anchor, corner.y + 0.79 * height,
                    place.anchor};
  }
  return std::nullopt;
}

// A group for each cluster, each dot with its word to be read when it is pointed at.
std::string Dots(const MapReport& report, const std::vector<query::Point>& places, double radius) {
  std::string dots;
  for (std::size_t cluster = 0; cluster < report.map.clusters.size(); ++cluster) {
    Append(dots, "<g class=\"dots ", ClusterClass(cluster), "\">\n");
    for (const std::size_t word : report.map.clusters[cluster]) {
      Append(dots, "<g><title>", EscapeHtml(report.words[word]), "</title>",
             SvgMarker(places[word].x, places[word].y, radius, ClusterShape(cluster)), "</g>\n");
    }
    dots += "</g>\n";
  }
  if (!report.centre) return dots;
  const query::Point& centre = places[*report.centre];
  Append(dots, "<circle class=\"centre\" cx=\"", FixedPoint(centre.x, 1), "\" cy=\"",
         FixedPoint(centre.y, 1), "\" r=\"", FixedPoint(radius + kRing, 1), "\"/>\n");
  return dots;
}

std::string Labels(const MapReport& report) {
  std::string labels = "<g class=\"labels\">\n";
  for (const MapLabel& label : PlaceMapLabels(report)) {
    Append(labels, "<text class=\"z", std::to_string(label.size), "\" x=\"", FixedPoint(label.x, 1),
           "\" y=\"", FixedPoint(label.y, 1), "\" text-anchor=\"", label.anchor, "\">",
           EscapeHtml(ShortWord(report.words[label.word])), "</text>\n");
  }
  return labels + "</g>\n";
}

std::string MapBody(const MapReport& report) {
  const std::vector<query::Point> places = PicturePlaces(report);
  return "<title>" + EscapeHtml(MapTitle(report)) + "</title>\n" +
         Dots(report, places, DotRadius(report.words.size())) + Labels(report);
}

constexpr double kKeyHeight = 22, kKeyWidth = 288;
constexpr std::size_t kKeyColumns = 4;

std::string Key(const MapReport& report, std::size_t cluster, double x, double y) {
  // As many words as fit, one at least.
  std::string text;
  for (const std::string& word : ClusterName(report, cluster, 5)) {
    const std::string longer = text.empty() ? word : text + ", " + word;
    if (!text.empty() && TextWidth(longer, kLetterSizes[1]) > kKeyWidth - 28) break;
    text = longer;
  }
  std::string key = "<g class=\"dots " + ClusterClass(cluster) + "\">";
  Append(key, SvgMarker(x + 8, y - 4.5, 5, ClusterShape(cluster)), "</g><text class=\"z1\" x=\"",
         FixedPoint(x + 20, 1), "\" y=\"", FixedPoint(y, 1), "\">", EscapeHtml(text), "</text>\n");
  return key;
}

}  // namespace

std::string ColorVariables(const std::array<std::string_view, kMapColors>& colors) {
  std::string variables;
  for (std::size_t color = 0; color < kMapColors; ++color) {
    Append(variables, "--c", std::to_string(color), ":", colors[color], ";");
  }
  return variables;
}

std::string ClusterColors(bool is_dark) {
  return ColorVariables(is_dark ? kDarkColors : kLightColors);
}

std::string ClusterClass(std::size_t cluster) {
  return "c" + std::to_string(ClusterColor(cluster));
}

std::string ClusterMarker(std::size_t cluster) {
  return "<svg class=\"marker dots " + ClusterClass(cluster) +
         "\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">" +
         SvgMarker(8, 8, 5, ClusterShape(cluster)) + "</svg>";
}

std::vector<MapLabel> PlaceMapLabels(const MapReport& report) {
  const std::vector<query::Point> places = PicturePlaces(report);
  const double radius = DotRadius(report.words.size());
  BoxPlacer placer({0, 0, kMapWidth, kMapHeight}, 40);
  if (report.words.size() <= 300) {
    // Where there is room, labels leave dots free too.
    for (const query::Point& at : places) {
      placer.Occupy({at.x - radius, at.y - radius, at.x + radius, at.y + radius});
    }
  }
  std::vector<MapLabel> labels;
  const std::vector<std::size_t> order = LabelOrder(report);
  for (std::size_t place = 0; place < order.size(); ++place) {
    const std::size_t word = order[place];
    const int size = LabelSize(place, order.size());
    const double width =
        TextWidth(ShortWord(report.words[word]), kLetterSizes[static_cast<std::size_t>(size)]);
    const auto label = PlaceMapLabel(word, size, width, places[word],
                                     word == report.centre ? radius + kRing : radius, placer);
    if (label) labels.push_back(*label);
  }
  return labels;
}

std::string InlineSvgMap(const MapReport& report) {
  return "<svg id=\"picture\" viewBox=\"0 0 1200 820\" role=\"img\">" + MapBody(report) +
         "</svg>\n";
}

std::string SvgMap(const MapReport& report) {
  const std::size_t cluster_count = report.map.clusters.size();
  const std::size_t key_rows = (cluster_count + kKeyColumns - 1) / kKeyColumns;
  const double height = kMapHeight + kKeyHeight * static_cast<double>(key_rows + 1) + 24;
  const std::string size = "1200\" height=\"" + FixedPoint(height, 0);
  std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"";
  Append(
      svg, size, "\" viewBox=\"0 0 1200 ", FixedPoint(height, 0),
      "\" role=\"img\" font-family=\"system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif\">\n"
      "<style>:root{--paper:#fdfdfb;--ink:#1c1e21;--soft:#5b6068;",
      ClusterColors(false),
      "}\n@media (prefers-color-scheme:dark){:root{--paper:#16181c;--ink:#e6e6e1;--soft:#a0a5ad;",
      ClusterColors(true), "}}\n.paper{fill:var(--paper)}.keys text{fill:var(--ink)}.keys .soft",
      "{fill:var(--soft)}", kSvgMapStyle, "</style>\n<rect class=\"paper\" width=\"", size,
      "\"/>\n", MapBody(report), "<g class=\"keys\">\n");
  for (std::size_t cluster = 0; cluster < cluster_count; ++cluster) {
    const double x = kMapMargin + kKeyWidth * static_cast<double>(cluster % kKeyColumns);
    const std::size_t row = cluster / kKeyColumns;
    svg += Key(report, cluster, x, kMapHeight + kKeyHeight * static_cast<double>(row + 1));
  }
  Append(svg, "<text class=\"z2 soft\" x=\"", FixedPoint(kMapMargin, 0), "\" y=\"",
         FixedPoint(height - 18, 1), "\">", EscapeHtml(MapTitle(report)), " · ",
         MapMethodText(report),
         " · colours: clusters of the vectors, named by their most central "
         "words</text>\n</g>\n</svg>\n");
  return svg;
}

}  // namespace wordkin::cli
