#include "cli/map/html_map_page.h"

#include <algorithm>
#include <cmath>

#include "cli/html/html_escape.h"
#include "cli/html/html_page.h"
#include "cli/html/svg_marker.h"
#include "cli/map/map_palette.h"
#include "cli/map/map_script.h"
#include "cli/map/map_style.h"
#include "cli/map/svg_map.h"
#include "cli/numbers.h"

namespace wordkin::cli {
namespace {

struct Places {
  std::string x, y;      // of two bytes each
  double width, height;  // of all, the longer one 1
};

// In 65535ths of the longer side, downwards.
Places PlacesOf(const MapReport& report) {
  constexpr double kMost = 65535;
  const auto [low, high] = MapBounds(report);
  const double extent = std::max({high.x - low.x, high.y - low.y, 1e-9});
  Places places = {{}, {}, (high.x - low.x) / extent, (high.y - low.y) / extent};
  for (const query::Point& point : report.map.points) {
    const auto number = [&](double offset) {
      return static_cast<std::size_t>(std::lround(offset / extent * kMost));
    };
    AppendLittleEndian(places.x, number(point.x - low.x), 2);
    AppendLittleEndian(places.y, number(high.y - point.y), 2);
  }
  return places;
}

Json MapScriptData(const MapReport& report) {
  const Places places = PlacesOf(report);
  std::string clusters, near, cosines;
  std::size_t near_count = 0;
  for (std::size_t word = 0; word < report.words.size(); ++word) {
    clusters += static_cast<char>(report.map.cluster_of[word]);
    // As many of each word: all others, where they are few.
    near_count = report.map.neighbors[word].size();
    for (const query::Neighbor& neighbor : report.map.neighbors[word]) {
      AppendLittleEndian(near, neighbor.id, 2);
      const double cosine = std::clamp(static_cast<double>(neighbor.score), -1.0, 1.0);
      AppendLittleEndian(cosines, static_cast<std::size_t>(std::lround(100 * (1 + cosine))), 1);
    }
  }
  Json data = {{"words", report.words},
               {"x", Base64(places.x)},
               {"y", Base64(places.y)},
               {"width", JsonNumber(places.width)},
               {"height", JsonNumber(places.height)},
               {"clusters", Base64(clusters)},
               {"clusterCount", report.map.clusters.size()},
               {"colors", kMapColors},
               {"shapes", kMarkerShapes},
               {"nearCount", near_count},
               {"near", Base64(near)},
               {"cosines", Base64(cosines)}};
  if (report.centre) data["centre"] = *report.centre;
  return data;
}

std::string ClusterKeys(const MapReport& report) {
  std::string keys = "<ul class=\"clusters\">\n";
  for (std::size_t cluster = 0; cluster < report.map.clusters.size(); ++cluster) {
    std::string name;
    for (const std::string& word : ClusterName(report, cluster, 4)) {
      Append(name, name.empty() ? "" : ", ", "<bdi>", EscapeHtml(word), "</bdi>");
    }
    Append(keys, "<li><button type=\"button\" data-cluster=\"", std::to_string(cluster),
           "\" aria-pressed=\"false\">", ClusterMarker(cluster), "<span>", name, "</span> <small>",
           WithThousands(report.map.clusters[cluster].size()), "</small></button></li>\n");
  }
  return keys + "</ul>\n";
}

std::string MapNote(const MapReport& report) {
  if (report.method == query::MapMethod::kPrincipalComponents) {
    return "Seen from the side on which the words’ vectors differ most (principal components). "
           "Words near each other here may differ in what this view does not show.";
  }
  return "Words near each other have vectors of like direction. How far apart two groups lie "
         "tells little (" +
         MapMethodText(report) + ").";
}

std::string Style() {
  std::string style = ":root{" + ClusterColors(false) +
                      "}\n@media screen and "
                      "(prefers-color-scheme:dark){:root{";
  Append(style, ClusterColors(true), "}}", kSvgMapStyle, kMapPageStyle);
  return style;
}

}  // namespace

std::string HtmlMapPage(const MapReport& report) {
  const std::string title = EscapeHtml(MapTitle(report));
  std::string page = PageHead("Map of " + title + " – Wordkin", Style());
  Append(page, "<body>\n<main>\n<header><h1>", title, "</h1></header>\n", kMapStage,
         InlineSvgMap(report), kMapControls, "<section aria-labelledby=\"clusters\"><h2 ",
         "id=\"clusters\">Clusters</h2>\n", ClusterKeys(report), "</section>\n<p class=\"note\">",
         MapNote(report), " Clusters are of the vectors themselves, named by their most central ",
         "words.</p>\n<p class=\"note\">Made by <code>wordkin map</code>. This page fetches ",
         "nothing.</p>\n</div>\n</main>\n<div id=\"tip\" hidden></div>\n",
         "<script type=\"application/json\" id=\"data\">", ScriptJson(MapScriptData(report)),
         "</script>\n<script>", kMapScript, "</script>\n</body>\n</html>\n");
  return page;
}

}  // namespace wordkin::cli
