#pragma once

#include <cstddef>
#include <string>

#include "cli/json.h"
#include "query/evaluation/statistics.h"

namespace wordkin::cli {

// How evaluations write their figures, as tables and as JSON.

// part / whole; NaN of nothing.
double Share(std::size_t part, std::size_t whole);
// "59.7" of 0.597; "-" of NaN.
std::string Percent(double share);
// "[57.1, 62.3]"; nothing when an end is NaN.
std::string PercentInterval(const query::Interval& interval);
Json IntervalJson(const query::Interval& interval);

// Blanks before or behind a text up to 'width' bytes.
std::string AlignedRight(const std::string& text, std::size_t width);
std::string AlignedLeft(const std::string& text, std::size_t width);

}  // namespace wordkin::cli
