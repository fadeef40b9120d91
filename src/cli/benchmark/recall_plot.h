#pragma once

#include <span>
#include <string>

#include "query/search/search_benchmark.h"

namespace wordkin::cli {

// An SVG picture that stands alone: recall to the right, each step a tenth of the errors; queries a
// second upwards, by powers of ten; the graph's efforts as a line, other searches as points.
std::string RecallPlot(std::span<const query::SearchMeasurement> measurements,
                       const std::string& title);

// How a measured search is called: "exact, 8 at a time, 2 threads".
std::string SearchLabel(const query::SearchMeasurement& measurement);

}  // namespace wordkin::cli
