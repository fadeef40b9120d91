#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/json.h"
#include "common/store/embedding_store.h"
#include "query/evaluation/shrink_cost.h"

namespace wordkin::cli {

// What 'wordkin shrink' made of a store, and what that cost.
struct ShrinkReport {
  query::NeighborRecall recall;
  std::optional<query::UnseenCost> unseen;
};

// The report in the two forms of an answer; a share or cosine that is none is null, or "-".
Json ShrinkReportJson(const EmbeddingStore& original, const EmbeddingStore& shrunk,
                      const ShrinkReport& report);
std::string ShrinkReportText(const EmbeddingStore& original, const EmbeddingStore& shrunk,
                             const ShrinkReport& report);

}  // namespace wordkin::cli
