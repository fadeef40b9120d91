#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "query/space/space_map.h"

namespace wordkin::cli {

// What 'wordkin map' draws and tells: words, the most frequent first, and where each lies.
struct MapReport {
  std::string source;                      // name of the file of vectors
  std::vector<std::string> words;          // valid UTF-8
  std::optional<std::size_t> centre = {};  // the word that --around names
  query::MapMethod method = query::MapMethod::kTsne;
  query::SpaceMap map = {};  // y upwards
};

// "2,000 words of wiki.kin", "501 words around ‘king’ in wiki.kin"; not escaped.
std::string MapTitle(const MapReport& report);
// "t-SNE, perplexity 30"
std::string MapMethodText(const MapReport& report);

// The first words of a cluster, at most 'limit', which is what it is called.
std::vector<std::string> ClusterName(const MapReport& report, std::size_t cluster,
                                     std::size_t limit);

// The smallest rectangle around all words.
struct MapCorners {
  query::Point low, high;
};
MapCorners MapBounds(const MapReport& report);

// The order in which words get a label: the centre, then by frequency.
std::vector<std::size_t> LabelOrder(const MapReport& report);

// The size of a word's letters, by its place in that order: 0, the largest, to 2.
int LabelSize(std::size_t place, std::size_t word_count);

// At most some 40 characters of a word, with "…" when there is more.
std::string ShortWord(const std::string& word);

}  // namespace wordkin::cli
