#pragma once

#include <string>

#include "cli/map/map_report.h"

namespace wordkin::cli {

// One page that holds all it needs, for any browser: the map, and what clusters are called. Its
// script draws the map anew to be zoomed, finds words and shows their nearest ones; without it the
// picture is there. Words may be anything.
std::string HtmlMapPage(const MapReport& report);

}  // namespace wordkin::cli
