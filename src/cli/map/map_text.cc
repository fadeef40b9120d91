#include "cli/map/map_text.h"

#include <utility>

#include "cli/numbers.h"
#include "common/text/printable.h"

namespace wordkin::cli {

Json MapJson(const MapReport& report) {
  constexpr std::size_t kNameWords = 6;
  const bool is_tsne = report.method == query::MapMethod::kTsne;
  Json json;
  json["method"] = is_tsne ? "tsne" : "pca";
  if (is_tsne) {
    json["perplexity"] = JsonNumber(report.map.perplexity);
    json["divergence"] = JsonNumber(report.map.divergence);
  }
  if (report.centre) json["around"] = report.words[*report.centre];
  Json words = Json::array();
  for (std::size_t word = 0; word < report.words.size(); ++word) {
    words.push_back({{"word", report.words[word]},
                     {"x", JsonNumber(report.map.points[word].x)},
                     {"y", JsonNumber(report.map.points[word].y)},
                     {"cluster", report.map.cluster_of[word]}});
  }
  json["words"] = std::move(words);
  Json clusters = Json::array();
  for (const std::vector<std::size_t>& rows : report.map.clusters) {
    Json central = Json::array();
    for (std::size_t i = 0; i < rows.size() && i < kNameWords; ++i) {
      central.push_back(report.words[rows[i]]);
    }
    clusters.push_back({{"size", rows.size()}, {"words", std::move(central)}});
  }
  json["clusters"] = std::move(clusters);
  return json;
}

std::string MapTsv(const MapReport& report) {
  std::string text = "word\tx\ty\tcluster\n";
  for (std::size_t word = 0; word < report.words.size(); ++word) {
    text += Printable(report.words[word]) + "\t" + ShortNumber(report.map.points[word].x) + "\t" +
            ShortNumber(report.map.points[word].y) + "\t" +
            std::to_string(report.map.cluster_of[word]) + "\n";
  }
  return text;
}

}  // namespace wordkin::cli
