#pragma once

#include <string>

#include "cli/console.h"
#include "cli/json.h"
#include "query/evaluation/evaluation.h"

namespace wordkin::cli {

// The field names are a promise. Shares and correlations are numbers up to 1; null when nothing
// was asked.
Json AnalogyReportJson(const query::AnalogyReport& report);
Json SimilarityReportJson(const query::SimilarityReport& report);

// Tables for people, in percent.
std::string AnalogyReportText(const query::AnalogyReport& report, const Console& console);
std::string SimilarityReportText(const query::SimilarityReport& report, const Console& console);

}  // namespace wordkin::cli
