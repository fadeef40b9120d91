#pragma once

#include <optional>
#include <string>

#include "common/store/embedding_store.h"
#include "common/text/word_boundary.h"
#include "query/questions/query_word.h"

namespace wordkin::cli {

// Finds words as people write them. 'store' must outlive it.
class WordResolver {
 public:
  explicit WordResolver(const EmbeddingStore& store) : store_(store) {}

  // The word, or what the store's own tokenizer would have made of it: 'Straße' was learnt as
  // 'strasse'. Else its vector is made of its subwords; nullopt when that cannot be either.
  std::optional<query::QueryWord> Resolve(const std::string& word);

  // The tokenizer that the store was made with; whitespace when it does not say.
  TokenizerKind tokenizer();
  bool FoldsWords() { return tokenizer() != TokenizerKind::kWhitespace; }

 private:
  const EmbeddingStore& store_;
  std::optional<TokenizerKind> tokenizer_;  // read when it is first asked
};

}  // namespace wordkin::cli
