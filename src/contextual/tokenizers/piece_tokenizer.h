#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "contextual/tokenizers/added_tokens.h"
#include "contextual/tokenizers/normalizer.h"
#include "contextual/tokenizers/piece_model.h"
#include "contextual/tokenizers/post_processing.h"
#include "contextual/tokenizers/pre_tokenizer.h"
#include "contextual/tokenizers/tokenizer.h"

namespace wordkin::contextual {

struct PieceTokenizerParts {
  std::vector<AddedToken> added_tokens;
  std::unique_ptr<const Normalizer> normalizer;       // null: the text as it is
  std::unique_ptr<const PreTokenizer> pre_tokenizer;  // null: all of it is one word
  std::unique_ptr<const PieceModel> model;
  PostProcessing post_processing;

  // With the added tokens behind the pieces of 'model', which is there.
  std::size_t vocabulary_size() const;
};

// A tokenizer of a trained model: finds the added tokens, normalises the text between them, splits
// it into words and cuts each into pieces. Text that has or becomes 4 GiB is refused (kUsage).
class PieceTokenizer : public Tokenizer {
 public:
  // Throws kDamaged when two added tokens are spelt alike.
  explicit PieceTokenizer(PieceTokenizerParts parts);

  TokenizedText Tokenize(std::string_view text) const override;
  std::size_t vocabulary_size() const override { return vocabulary_size_; }

 private:
  class Run;

  PieceTokenizerParts parts_;
  AddedTokens plain_tokens_;
  AddedTokens normalized_tokens_;
  std::size_t vocabulary_size_;
};

}  // namespace wordkin::contextual
