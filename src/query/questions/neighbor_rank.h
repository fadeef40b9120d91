#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "common/store/embedding_store.h"
#include "query/questions/query_word.h"
#include "query/search/row_filter.h"

namespace wordkin::query {

// Where two words stand among each other's neighbours; places count from 1.
struct NeighborRanks {
  float similarity;         // cosine
  std::size_t of_b_near_a;  // the place of b among all other words, the nearest to a first
  std::size_t of_a_near_b;
  std::size_t word_count;  // how many words either place is among
};

struct RankOptions {
  std::size_t limit_vocabulary = 0;   // count the first words only; 0: all
  const RowFilter* filter = nullptr;  // which words count; a and b do in any case
};

// Every row is scored with its full precision, equal scores stand in the order of the rows, and an
// unseen word behind them. A word beside itself has place 0 and neighbours none.
std::vector<NeighborRanks> RankNeighbors(const EmbeddingStore& store,
                                         std::span<const WordPair> pairs,
                                         const RankOptions& options);

}  // namespace wordkin::query
