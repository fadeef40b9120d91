#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/comparison/usage_report.h"
#include "cli/comparison/usage_source.h"
#include "common/store/embedding_store.h"
#include "contextual/comparison/context_words.h"
#include "contextual/encoding/sequence_encoder.h"
#include "contextual/encoding/text_encoder.h"

namespace wordkin::cli {

struct AnalysisOptions {
  std::string word;
  contextual::LayerRange layers;
  std::string layer_name;
  contextual::Pooling pooling = contextual::Pooling::kMean;  // of words alone
  std::size_t nearest_count = 5;
  contextual::LayerRange sense_layers = {};  // by which usages are parted
  std::string sense_layer_name;
  std::optional<std::size_t> sense_count;  // 0: by itself; nullopt: not asked for
  std::uint64_t seed = 1;
  int thread_count = 1;
};

// What a static store and an encoder make of the usages. 'words' are of the encoder's dimension,
// and those that usages are found near to.
UsageReport AnalyzeUsages(FoundUsages found, const EmbeddingStore& store,
                          const contextual::TextEncoder& encoder,
                          const contextual::ContextWords& words, const AnalysisOptions& options);

}  // namespace wordkin::cli
