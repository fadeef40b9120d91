#include "cli/html/svg_marker.h"

#include "cli/numbers.h"

namespace wordkin::cli {

std::string SvgMarker(double x, double y, double radius, std::size_t shape) {
  const auto at = [x, y](double right, double down) {
    return FixedPoint(x + right, 1) + " " + FixedPoint(y + down, 1);
  };
  const double r = radius;
  switch (shape % kMarkerShapes) {
    case 1:
      return "<path d=\"M" + at(-r, -r) + "L" + at(r, -r) + "L" + at(r, r) + "L" + at(-r, r) +
             "Z\"/>";
    case 2:
      return "<path d=\"M" + at(0, -1.3 * r) + "L" + at(1.25 * r, r) + "L" + at(-1.25 * r, r) +
             "Z\"/>";
    case 3:
      return "<path d=\"M" + at(0, -1.4 * r) + "L" + at(1.4 * r, 0) + "L" + at(0, 1.4 * r) + "L" +
             at(-1.4 * r, 0) + "Z\"/>";
    default:
      return "<circle cx=\"" + FixedPoint(x, 1) + "\" cy=\"" + FixedPoint(y, 1) + "\" r=\"" +
             FixedPoint(r, 1) + "\"/>";
  }
}

}  // namespace wordkin::cli
