#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cli/json.h"
#include "query/evaluation/set_scores.h"

namespace wordkin::cli {

// How evaluations write their figures, as tables and as JSON.

// "analogies", "similarity", "categories", "odd_one_out"; and what is measured with them:
// "accuracy", "spearman", "purity". Both are promised to readers of JSON.
std::string_view KindName(query::SetKind kind);
std::string_view MeasureName(query::SetKind kind);
// The kind as people read it: "odd one out".
std::string KindLabel(query::SetKind kind);

// part / whole; NaN of nothing.
double Share(std::size_t part, std::size_t whole);
// "59.7" of 0.597; "-" of NaN.
std::string Percent(double share);
// "[57.1, 62.3]"; nothing when an end is NaN.
std::string PercentInterval(const query::Interval& interval);
// [low, high]; null where there is none.
Json IntervalJson(const query::Interval& interval);
// Adds "score", "interval", "interval_method" and "bootstrap".
void AddEstimate(const query::ScoreEstimate& estimate, Json& json);

// Blanks before or behind a text up to 'width' bytes.
std::string AlignedRight(const std::string& text, std::size_t width);
std::string AlignedLeft(const std::string& text, std::size_t width);

}  // namespace wordkin::cli
