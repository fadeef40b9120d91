#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/evaluation/static_sets.h"
#include "cli/json.h"
#include "query/evaluation/set_scores.h"

namespace wordkin::cli {

class Console;

// The items of a bin, in the range of ranks that their rarest words have.
struct ScoredBin {
  query::FrequencyBin bin;
  query::ScoreEstimate estimate;
};

// What a store makes of a set.
struct ScoredSet {
  std::string path;
  query::SetAnswers answers;
  query::ScoreEstimate estimate = {};
  std::vector<ScoredBin> bins = {};  // empty: not asked for
};

// A line a set.
std::string SetTableText(std::span<const ScoredSet> sets, const Console& console);

// A line a bin of one set. 'counts' are of the store's words; all zero: unknown.
std::string BinTableText(const ScoredSet& set, std::span<const std::uint64_t> counts,
                         const Console& console);

// All of it; the field names are a promise.
Json ScoredSetJson(const ScoredSet& set, std::span<const std::uint64_t> counts);

}  // namespace wordkin::cli
