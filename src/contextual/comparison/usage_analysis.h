#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "contextual/comparison/context_words.h"
#include "contextual/comparison/word_usages.h"
#include "contextual/encoding/sequence_encoder.h"
#include "contextual/encoding/text_encoder.h"

namespace wordkin::contextual {

struct NearWord {
  std::string word;
  float score = 0;  // cosine
};

struct AnalyzedUsage {
  std::vector<NearWord> nearest;       // in context, best first
  std::array<float, 2> position = {};  // on the map
  std::size_t sense = 0;               // its number in senses, if there are any
};

struct AnalyzedSense {
  std::vector<NearWord> nearest;      // the words that name it, best first
  std::vector<std::size_t> examples;  // usages, the most typical first
  std::size_t usage_count = 0;
};

struct UsageAnalysis {
  std::vector<AnalyzedUsage> usages;
  // Of each layer, the embeddings first: cosines of usage i and j at i * usages.size() + j.
  std::vector<std::vector<float>> cosines;
  // Of each layer, over pairs of usages; 1 with a single usage.
  std::vector<float> mean_cosines;
  std::array<float, 2> map_shares = {};  // of the usages' variance along both axes of the map
  std::vector<AnalyzedSense> senses;     // empty: not asked for
  std::optional<float> silhouette;       // with two senses or more
};

struct AnalysisOptions {
  std::string word;
  LayerRange layers;                 // that nearest words and the map come from
  Pooling pooling = Pooling::kMean;  // of words alone
  std::size_t nearest_count = 5;
  LayerRange sense_layers = {};                 // by which usages are parted
  std::optional<std::size_t> sense_count = {};  // 0: by itself; nullopt: not asked for
  std::uint64_t seed = 1;
  int thread_count = 1;
};

// How usages of one word, one or more that the encoder reaches, differ: their cosines, the words of
// 'words' (of the encoder's dimension) near to each, a map of their two principal components, and
// senses. Throws as FindSenses does.
UsageAnalysis AnalyzeUsages(const TextEncoder& encoder, std::span<const std::string> texts,
                            std::span<const Usage> usages, const ContextWords& words,
                            const AnalysisOptions& options);

}  // namespace wordkin::contextual
