#pragma once

#include <string>

#include "cli/comparison/usage_report.h"
#include "cli/json.h"

namespace wordkin::cli {

class Console;

// The report for a terminal. With more than a dozen usages it shows the senses and the layers, not
// every usage and matrix.
std::string UsageText(const UsageReport& report, const Console& console);

// All that the HTML page shows; the field names are a promise.
Json UsageJson(const UsageReport& report);

}  // namespace wordkin::cli
