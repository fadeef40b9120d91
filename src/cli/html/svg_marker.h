#pragma once

#include <cstddef>
#include <string>

namespace wordkin::cli {

inline constexpr std::size_t kMarkerShapes = 4;

// The SVG element of a circle, square, triangle or diamond, by shape % kMarkerShapes, of about
// 'radius': groups differ in shape too, for those who do not see their colours apart.
std::string SvgMarker(double x, double y, double radius, std::size_t shape);

}  // namespace wordkin::cli
