#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/comparison/cosine_scale.h"
#include "cli/comparison/usage_report.h"

namespace wordkin::cli {

// The parts of the page, each a <section>, complete without the script. Those of pairs (heat map,
// lines) and the map want two usages or more.

std::string UsagesSection(const UsageReport& report);
// 'order': usages as rows and columns show them.
std::string HeatMapSection(const UsageReport& report, const CosineScale& scale,
                           const std::vector<std::size_t>& order);
std::string LinesSection(const UsageReport& report, const CosineScale& scale);
std::string MapSection(const UsageReport& report);
std::string SensesSection(const UsageReport& report);

// The sense's sign on the map.
std::string SenseMarker(std::size_t sense);

// Usages so that alike ones are neighbours: by sense; else, when too many to be read one by one, by
// their place along the map's first axis; else as given.
std::vector<std::size_t> DisplayOrder(const UsageReport& report);

// Up to so many usages a cell of the heat map holds its number; up to so many it is a table, and
// beyond it a picture.
constexpr std::size_t kMostNumberedUsages = 14;
constexpr std::size_t kMostTableUsages = 40;

}  // namespace wordkin::cli
