#pragma once

#include <string>

#include "cli/json.h"
#include "cli/map/map_report.h"

namespace wordkin::cli {

// {"method":"tsne","perplexity":30,"words":[{"word":w,"x":x,"y":y,"cluster":c},...],
// "clusters":[{"size":n,"words":[w,...]},...]}; the word of --around is "around". Clusters count
// from 0, y goes upwards.
Json MapJson(const MapReport& report);

// A line "word<TAB>x<TAB>y<TAB>cluster" for each word, below one that names the columns.
std::string MapTsv(const MapReport& report);

}  // namespace wordkin::cli
