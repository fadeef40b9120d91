#include "cli/map/map_report.h"

#include <algorithm>

#include "cli/numbers.h"
#include "common/text/utf8.h"

namespace wordkin::cli {

std::string MapTitle(const MapReport& report) {
  const std::string words = Counted(report.words.size(), "word", "words");
  if (!report.centre) return words + " of " + report.source;
  return words + " around ‘" + ShortWord(report.words[*report.centre]) + "’ in " + report.source;
}

std::string MapMethodText(const MapReport& report) {
  if (report.method == query::MapMethod::kPrincipalComponents) return "principal components";
  const double perplexity = report.map.perplexity;
  return "t-SNE, perplexity " + ShortNumber(static_cast<double>(static_cast<float>(perplexity)));
}

std::vector<std::string> ClusterName(const MapReport& report, std::size_t cluster,
                                     std::size_t limit) {
  std::vector<std::string> name;
  for (const std::size_t row : report.map.clusters[cluster]) {
    if (name.size() == limit) break;
    name.push_back(ShortWord(report.words[row]));
  }
  return name;
}

MapCorners MapBounds(const MapReport& report) {
  MapCorners bounds = {report.map.points.front(), report.map.points.front()};
  for (const query::Point& point : report.map.points) {
    bounds.low = {std::min(bounds.low.x, point.x), std::min(bounds.low.y, point.y)};
    bounds.high = {std::max(bounds.high.x, point.x), std::max(bounds.high.y, point.y)};
  }
  return bounds;
}

std::vector<std::size_t> LabelOrder(const MapReport& report) {
  std::vector<std::size_t> order;
  if (report.centre) order.push_back(*report.centre);
  for (std::size_t word = 0; word < report.words.size(); ++word) {
    if (word != report.centre) order.push_back(word);
  }
  return order;
}

int LabelSize(std::size_t place, std::size_t word_count) {
  // One word in 25, or in 5, but no more than can be told from the rest.
  if (place < std::min<std::size_t>((word_count + 24) / 25, 60)) return 0;
  return place < std::min<std::size_t>((word_count + 4) / 5, 500) ? 1 : 2;
}

std::string ShortWord(const std::string& word) {
  constexpr std::size_t kMostCharacters = 40;
  std::u32string characters = ToCodePoints(word);
  if (characters.size() <= kMostCharacters) return word;
  std::string cut;
  for (const char32_t character : characters.substr(0, kMostCharacters - 1)) {
    AppendUtf8(character, cut);
  }
  return cut + "…";
}

}  // namespace wordkin::cli
