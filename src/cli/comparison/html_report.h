#pragma once

#include <string>

#include "cli/comparison/usage_report.h"

namespace wordkin::cli {

// One page that holds all it needs, for any browser: usages, matrix, layers, map and senses. What
// is in it is there without the script too, which adds the layers' slider and pointing. Texts and
// words may be anything.
std::string HtmlReport(const UsageReport& report);

}  // namespace wordkin::cli
