#pragma once

#include <cstddef>
#include <cstdint>

#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"

namespace wordkin {

struct ShrinkLimits {
  std::size_t maximum_words = 0;  // 0: all
  std::uint64_t minimum_count = 0;
  std::size_t maximum_buckets = 0;  // rows of subwords; 0: all
};

// Words that stay: the first, since they lie by falling counts. Throws kUsage when a count is asked
// for that the store does not know or that leaves no word.
std::size_t KeptWordCount(const EmbeddingStore& store, const ShrinkLimits& limits);

// The first 'word_count' words, and the longest rows of subwords, as fastText chooses them when it
// quantises. What training goes on from is left out. Throws kDamaged.
EmbeddingTable ReadShrunk(const EmbeddingStore& store, std::size_t word_count,
                          std::size_t maximum_buckets);

}  // namespace wordkin
