#pragma once

#include <string>

#include "cli/comparison/usage_report.h"
#include "cli/json.h"

namespace wordkin::cli {

class Console;

// The report for a terminal: of more than a dozen usages the first ones, or, where they were
// parted, the senses.
std::string UsageText(const UsageReport& report, const Console& console);

// All that the HTML page shows; the field names are a promise.
Json UsageJson(const UsageReport& report);

}  // namespace wordkin::cli
