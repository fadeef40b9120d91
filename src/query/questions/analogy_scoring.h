#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "common/store/embedding_store.h"
#include "query/questions/analogy.h"

namespace wordkin::query {

// kMultiply or kDirection over the rows that 'options' leave: the 8-bit scan scores every row
// nearly, and the best are scored again exactly. The queries' own words are left out; a direction
// of zero (a and b alike) has no answers.
std::vector<std::vector<Neighbor>> ScoreAnalogies(const EmbeddingStore& store,
                                                  std::span<const AnalogyQuery> queries,
                                                  const AnalogyOptions& options);

}  // namespace wordkin::query
