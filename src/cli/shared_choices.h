#pragma once

#include "cli/arguments.h"
#include "common/store/store_format.h"
#include "query/analogy.h"

namespace wordkin::cli {

// What --store and --method stand for, in the commands that have them.
Precision ChosenPrecision(const Arguments& arguments);
query::AnalogyMethod ChosenMethod(const Arguments& arguments);

}  // namespace wordkin::cli
