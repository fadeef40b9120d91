#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "common/support/error.h"
#include "contextual/tokenizers/tokenizer_file.h"

namespace wordkin::contextual {

// Aborts unless the ranges lie in the text in order and the ids in the vocabulary.
inline void CheckTokenized(const Tokenizer& tokenizer, std::string_view text) {
  const TokenizedText tokenized = tokenizer.Tokenize(text);
  const std::size_t size = tokenized.size();
  if (tokenized.pieces.size() != size || tokenized.offsets.size() != size) std::abort();
  if (tokenized.words.size() != size) std::abort();
  std::size_t last_begin = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const ByteRange range = tokenized.offsets[i];
    if (tokenized.words[i] == kNoWord) continue;
    if (range.begin > range.end || range.end > text.size() || range.begin < last_begin) {
      std::abort();
    }
    last_begin = range.begin;
    const bool has_vocabulary = tokenizer.vocabulary_size() > 0;
    if (tokenized.ids[i] < 0) std::abort();
    if (has_vocabulary &&
        static_cast<std::size_t>(tokenized.ids[i]) >= tokenizer.vocabulary_size()) {
      std::abort();
    }
  }
}

inline void TryTokenizerJson(std::string_view json) {
  try {
    const auto tokenizer = ParseTokenizer(json, "'tokenizer.json'");
    for (const std::string_view text :
         {"", " ", "The river, it's 14\n", "caf\u00E9 e\u0301\u5C71 <s> [MASK]\xFF"}) {
      CheckTokenized(*tokenizer, text);
    }
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kDamaged) std::abort();
  }
}

}  // namespace wordkin::contextual
