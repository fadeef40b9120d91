#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "common/store/embedding_store.h"

namespace wordkin::query {

// No word's id: they end below it.
inline constexpr WordId kUnseenWord = 0xFFFFFFFF;

// A word of a question: one of the store's, or one whose vector its subwords make.
struct QueryWord {
  QueryWord(WordId known = kUnseenWord) : id(known) {}  // NOLINT: an id is a word

  WordId id;
  std::vector<float> unit_row = {};  // of an unseen word, (dimension); else empty

  bool is_unseen() const { return id == kUnseenWord; }
};

struct WordPair {
  QueryWord a, b;
};

// The word as the store has it, or else composed of its subwords; nullopt when neither can be.
// 'word' is any bytes. Throws kDamaged.
std::optional<QueryWord> ResolveWord(const EmbeddingStore& store, std::string_view word);

// False when the word's vector is zero: then no word is nearer to it than another.
bool HasDirection(const EmbeddingStore& store, const QueryWord& word);

// Of length one, or zero. row.size() == store.dimension().
void CopyUnitRow(const EmbeddingStore& store, const QueryWord& word, std::span<float> row);

}  // namespace wordkin::query
