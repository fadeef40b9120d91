#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "common/store/embedding_table.h"
#include "common/store/vocabulary.h"
#include "contextual/encoding/sequence_encoder.h"
#include "contextual/encoding/text_encoder.h"

namespace wordkin::contextual {

struct DistillationOptions {
  LayerRange layers;
  Pooling pooling = Pooling::kMean;  // not kNone
  // Values of a word, along the principal components of all words; 0: all of the encoder's.
  std::size_t dimension = 0;
  // Longer vectors for rarer words, by log(1 + rank), so that means of words weigh them as
  // inverse frequencies would (Model2Vec's Zipf weighting).
  bool weighs_by_rank = false;
  int thread_count = 1;
};

struct Distillation {
  EmbeddingTable table;
  std::size_t skipped = 0;  // words of which the tokenizer leaves nothing
  std::size_t cut = 0;      // words that have more pieces than the encoder takes
  double share = 1;         // of the words' variance that 'dimension' keeps
};

// A static vector for each word in the encoder's own space: the word alone, through the encoder
// (Model2Vec: Tulkens and van Dongen 2024). Words keep their order and counts. 'progress' hears how
// many words are done. Throws kUsage when no word is left or 'dimension' is above the encoder's, or
// above what fewer words can span.
Distillation Distill(const TextEncoder& encoder, const Vocabulary& vocabulary,
                     const DistillationOptions& options,
                     const std::function<void(std::size_t done)>& progress);

}  // namespace wordkin::contextual
