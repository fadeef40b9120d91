#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/map/map_report.h"
#include "common/support/random.h"

namespace wordkin::cli {

// Words at random places, each in the cluster of its number; neighbours are the next three.
inline MapReport SampleMap(std::vector<std::string> words, std::size_t cluster_count) {
  Random random(9);
  MapReport report = {.source = "v.kin", .words = std::move(words)};
  const std::size_t count = report.words.size();
  query::SpaceMap& map = report.map;
  map.perplexity = 30;
  map.clusters.resize(std::min(cluster_count, count));
  for (std::size_t word = 0; word < count; ++word) {
    const double x = random.NextFloat();
    map.points.push_back({80 * x, 60 * random.NextFloat()});
    map.cluster_of.push_back(word % map.clusters.size());
    map.clusters[map.cluster_of.back()].push_back(word);
    map.neighbors.emplace_back();
    for (std::size_t step = 1; step <= 3 && step < count; ++step) {
      map.neighbors.back().push_back(
          {static_cast<WordId>((word + step) % count), 1.0f - 0.1f * static_cast<float>(step)});
    }
  }
  return report;
}

inline MapReport SampleMap(std::size_t word_count, std::size_t cluster_count) {
  std::vector<std::string> words;
  for (std::size_t word = 0; word < word_count; ++word) {
    words.push_back("word" + std::to_string(word));
  }
  return SampleMap(std::move(words), cluster_count);
}

inline std::vector<std::string> HostileWords() {
  return {"</script><img src=x onerror=alert(1)>",
          "<!--",
          "]]>",
          "\"' onload=\"x",
          "&lt;",
          "\x01\x1B[31m",
          "\uFFFE",
          "\u202Eabc",
          "עברית",
          "\\u003c",
          "😀",
          std::string(3000, 'w')};
}

}  // namespace wordkin::cli
