#pragma once

#include <string>

#include "cli/console.h"
#include "cli/json.h"
#include "query/evaluation/evaluation.h"
#include "query/evaluation/set_scores.h"

namespace wordkin::cli {

// What is told of one set of a kind that has more than a score; 'path' is its file.

// The field names are a promise. Shares and correlations are numbers up to 1; null when nothing
// was asked. "interval" of a correlation is Fisher's, since readers know it so; the table has the
// bootstrap's, which does not take the values for normal.
Json AnalogyReportJson(const std::string& path, const query::AnalogyReport& report);
Json SimilarityReportJson(const std::string& path, const query::SimilarityReport& report,
                          const query::ScoreEstimate& estimate);

// Tables for people, in percent.
std::string AnalogyReportText(const std::string& path, const query::AnalogyReport& report,
                              const Console& console);
std::string SimilarityReportText(const std::string& path, const query::SimilarityReport& report,
                                 const query::ScoreEstimate& estimate, const Console& console);

}  // namespace wordkin::cli
