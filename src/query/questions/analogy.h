#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "common/store/embedding_store.h"
#include "query/questions/query_word.h"
#include "query/search/vector_index.h"

namespace wordkin::query {

// How "a is to b as c is to ?" is solved; all over unit vectors, a, b and c left out.
enum class AnalogyMethod {
  kAdd,        // 3CosAdd: cos(x, b - a + c) (Mikolov et al., NAACL 2013)
  kMultiply,   // 3CosMul: cos(x, b) cos(x, c) / (cos(x, a) + 0.001), cosines moved to [0, 1]
               // (Levy, Goldberg, CoNLL 2014)
  kDirection,  // PairDirection: cos(b - a, x - c) (the same)
};

struct AnalogyQuery {
  QueryWord a, b, c;
};

struct AnalogyOptions {
  AnalogyMethod method = AnalogyMethod::kAdd;
  std::size_t answer_count = 10;
  std::size_t limit_vocabulary = 0;   // of the methods that do not ask an index; 0: all words
  const RowFilter* filter = nullptr;  // which words may be answers
};

// At most 'answer_count' answers to each query, best first. kAdd asks 'index'; the other methods
// score words one by one.
std::vector<std::vector<Neighbor>> SolveAnalogies(const EmbeddingStore& store,
                                                  const VectorIndex& index,
                                                  std::span<const AnalogyQuery> queries,
                                                  const AnalogyOptions& options);

}  // namespace wordkin::query
