#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/comparison/usage_source.h"
#include "common/store/embedding_store.h"
#include "contextual/comparison/usage_analysis.h"
#include "contextual/tokenizers/tokenizer.h"

namespace wordkin::cli {

// What 'wordkin compare' found out, as terminal, JSON and HTML page show it.

using ReportedWord = contextual::NearWord;
using ReportedSense = contextual::AnalyzedSense;

// The word in one place of one text.
struct ReportedUsage : contextual::AnalyzedUsage {
  std::size_t text = 0;    // its number in texts
  std::size_t number = 0;  // of the text among all that were read, from 0
  bool is_cut = false;     // the encoder took only the beginning of the text
  contextual::ByteRange bytes;
};

struct UsageReport {
  std::string word;
  std::string encoder;      // its folder
  std::string layer;        // whose vectors nearest words and map come from: "6", "last4"
  std::string sense_layer;  // by which usages were parted into senses
  std::vector<std::string> texts;
  std::vector<ReportedUsage> usages;
  std::size_t read_count = 0;     // texts, with those that are not kept
  std::size_t without_count = 0;  // of them have no place of the word
  std::size_t beyond_count = 0;   // places left out, as the encoder does not get as far
  // Of each layer, the embeddings first: cosines of usage i and j at i * usages.size() + j.
  std::vector<std::vector<float>> cosines;
  // Of each layer, over pairs of usages; one value, 1, with a single usage.
  std::vector<float> mean_cosines;
  std::array<float, 2> map_shares = {};  // of the usages' variance along both axes of the map
  std::string static_store;              // its file
  std::vector<ReportedWord>
      static_nearest;                 // the same for every usage; empty: word not in the store
  std::vector<ReportedSense> senses;  // empty: not asked for
  std::optional<float> silhouette;    // mean over the usages, with two senses or more
};

// The usages, what the encoder makes of them, and the 'nearest_count' words nearest to 'word' in
// the store. The encoder's folder and the layers are left to be filled in.
UsageReport ReportUsages(FoundUsages found, contextual::UsageAnalysis analysis,
                         const EmbeddingStore& store, const std::string& word,
                         std::size_t nearest_count);

}  // namespace wordkin::cli
