#pragma once

#include <span>
#include <string>

#include "cli/json.h"
#include "query/evaluation/set_comparison.h"

namespace wordkin::cli {

class Console;

struct ComparedSet {
  std::string path;
  query::SetComparison comparison = {};
  double adjusted_p_value = 0;  // as all sets that were tested were tested together
};

// Whether both files have a score to compare.
bool WasTested(const ComparedSet& set);

// Below it, chance is no likely explanation.
inline constexpr double kSignificance = 0.05;

// Sets 'adjusted_p_value' of all.
void AdjustPValues(std::span<ComparedSet> sets);

// A line a set, with what it means in words.
std::string ComparisonText(const std::string& first, const std::string& second,
                           std::span<const ComparedSet> sets, const Console& console);

// The field names are a promise.
Json ComparedSetJson(const ComparedSet& set);

}  // namespace wordkin::cli
