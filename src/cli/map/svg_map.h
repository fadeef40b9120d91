#pragma once

#include <string>
#include <string_view>

#include "cli/html/box_placer.h"
#include "cli/map/map_report.h"

namespace wordkin::cli {

// A picture that stands alone: the words, and below them what clusters are called. Words may be
// anything.
std::string SvgMap(const MapReport& report);

// The words alone, an <svg> to stand in a page whose style sheet has kSvgMapStyle.
std::string InlineSvgMap(const MapReport& report);

extern const std::string_view kSvgMapStyle;

// "--c0:...;--c1:...": the clusters' colours, for light and for dark paper.
std::string ClusterColors(bool is_dark);

// The class of a cluster's colour: "c0".
std::string ClusterClass(std::size_t cluster);
// Its sign, <svg>, as the map shows it.
std::string ClusterMarker(std::size_t cluster);

struct MapLabel {
  std::size_t word;
  int size;  // of LabelSize
  Box box;
  double x, y;              // on its base line
  std::string_view anchor;  // which end of it is there, as SVG calls it
};
// As many as find room, beside their words, where none lies on another.
std::vector<MapLabel> PlaceMapLabels(const MapReport& report);

}  // namespace wordkin::cli
