#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "common/store/embedding_store.h"
#include "query/questions/query_word.h"

namespace wordkin::query {

// Cosine of two words' vectors; 0 when either is zero.
float Similarity(const EmbeddingStore& store, const QueryWord& a, const QueryWord& b);

struct RankedWord {
  std::size_t position;  // among the words given
  float score;           // cosine
};

// The words with their cosine to the mean of all their unit vectors, the least fitting first.
std::vector<RankedWord> RankOddOneOut(const EmbeddingStore& store,
                                      std::span<const QueryWord> words);

}  // namespace wordkin::query
