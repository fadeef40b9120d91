#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/json.h"
#include "common/store/embedding_store.h"
#include "query/vector_index.h"

namespace wordkin::cli {

struct ScoredWord {
  std::string_view word;
  float score;
};

// The words of a search's outcome; live as long as the store.
std::vector<ScoredWord> ScoredWords(const EmbeddingStore& store,
                                    std::span<const query::Neighbor> found);

// Scored words in the three styles of an answer, in the order given.
Json RankedJson(std::span<const ScoredWord> ranked);
// "  0.7654  queen", a line each.
std::string RankedReadable(std::span<const ScoredWord> ranked);
// "\tqueen 0.7654\tprince 0.7012"
std::string RankedFields(std::span<const ScoredWord> ranked);

}  // namespace wordkin::cli
