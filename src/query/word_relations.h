#pragma once

#include <span>
#include <vector>

#include "common/store/embedding_store.h"
#include "query/vector_index.h"

namespace wordkin::query {

// Cosine of two words' vectors; 0 when either is zero.
float Similarity(const EmbeddingStore& store, WordId a, WordId b);

// The words with their cosine to the mean of all their unit vectors, the least fitting first.
std::vector<Neighbor> RankOddOneOut(const EmbeddingStore& store, std::span<const WordId> words);

}  // namespace wordkin::query
