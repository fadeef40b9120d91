#pragma once

#include <span>
#include <string>

#include "cli/json.h"
#include "common/store/embedding_store.h"
#include "query/vector_index.h"

namespace wordkin::cli {

// Scored words in the three styles of an answer, best first.
Json RankedJson(const EmbeddingStore& store, std::span<const query::Neighbor> ranked);
// "  0.7654  queen", a line each.
std::string RankedReadable(const EmbeddingStore& store, std::span<const query::Neighbor> ranked);
// "\tqueen 0.7654\tprince 0.7012"
std::string RankedFields(const EmbeddingStore& store, std::span<const query::Neighbor> ranked);

}  // namespace wordkin::cli
