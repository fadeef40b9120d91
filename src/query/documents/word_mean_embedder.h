#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/store/embedding_store.h"
#include "common/text/word_boundary.h"
#include "query/documents/text_embedder.h"

namespace wordkin::query {

enum class WordWeighting {
  kMean,                    // all words alike
  kSmoothInverseFrequency,  // common/math/smooth_inverse_frequency.h
};

// "mean", "sif": as the command line spells it.
std::string_view WeightingName(WordWeighting weighting);

struct WordMeanOptions {
  WordWeighting weighting = WordWeighting::kMean;
  double smoothing = 0;  // of kSmoothInverseFrequency
  TokenizerKind tokenizer = TokenizerKind::kWhitespace;
  std::vector<float> component = {};  // TextEmbedder::component()
  int thread_count = 1;
};

// A text's vector is the weighted mean of its words' vectors, as the store has them or else as its
// subwords make them; words that neither knows do not count. The same on any number of threads.
class WordMeanEmbedder : public TextEmbedder {
 public:
  // 'store' outlives this. Throws kUsage for weights by frequency where the store has no counts.
  WordMeanEmbedder(const EmbeddingStore& store, WordMeanOptions options);

  std::size_t dimension() const override { return store_.dimension(); }
  AlignedMatrix Embed(std::span<const std::string> texts) override;
  std::span<const float> component() const override { return options_.component; }
  std::vector<std::string> UnknownWords(std::string_view text) const override;
  std::uint64_t word_count() const override { return word_count_; }
  std::uint64_t unknown_count() const override { return unknown_count_; }

 private:
  class TextSum;

  const EmbeddingStore& store_;
  WordMeanOptions options_;
  std::vector<float> weights_;  // of the store's words; empty: all 1
  std::atomic<std::uint64_t> word_count_ = 0;
  std::atomic<std::uint64_t> unknown_count_ = 0;
};

}  // namespace wordkin::query
