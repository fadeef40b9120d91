#pragma once

#include "common/text/word_boundary.h"
#include "contextual/tokenizers/tokenizer.h"

namespace wordkin::contextual {

// Cuts text as the trainer does (WordSplitter). There is no vocabulary: the distinct words of a
// text are numbered in the order in which they first come. Words of more than kMaxCorpusWordBytes
// are left out, as in training.
class WordTokenizer : public Tokenizer {
 public:
  explicit WordTokenizer(TokenizerKind kind) : kind_(kind) {}

  TokenizedText Tokenize(std::string_view text) const override;
  std::size_t vocabulary_size() const override { return 0; }

 private:
  TokenizerKind kind_;
};

}  // namespace wordkin::contextual
