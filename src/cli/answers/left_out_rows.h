#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/formats/row_faults.h"

namespace wordkin::cli {

// Lines for people about the rows that a reader of 'path' left out: of each kind how many, and
// where the first is; and about a wrong number of rows. None when nothing was wrong.
std::vector<std::string> LeftOutLines(const SkippedRows& skipped, const std::string& path);

}  // namespace wordkin::cli
