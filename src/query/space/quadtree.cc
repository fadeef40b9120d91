#include "query/space/quadtree.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace wordkin::query {
namespace {

// A coordinate is cut into so many halves of halves: what differs by less is at one place.
constexpr int kLevels = 26;

// The bits of 'value' with a zero before each.
std::uint64_t Spread(std::uint64_t value) {
  value = (value | value << 16) & 0x0000FFFF0000FFFFu;
  value = (value | value << 8) & 0x00FF00FF00FF00FFu;
  value = (value | value << 4) & 0x0F0F0F0F0F0F0F0Fu;
  value = (value | value << 2) & 0x3333333333333333u;
  return (value | value << 1) & 0x5555555555555555u;
}

// The cell of the finest level, its quadrants from the coarsest down (Morton 1966).
std::uint64_t CodeOf(Point offset, double width) {
  const double cells = static_cast<double>(std::uint64_t{1} << kLevels);
  const auto cell = [&](double value) {
    return static_cast<std::uint64_t>(std::clamp(value / width * cells, 0.0, cells - 1));
  };
  return Spread(cell(offset.x)) | Spread(cell(offset.y)) << 1;
}

}  // namespace

Quadtree::Quadtree(std::span<const Point> points) {
  if (points.empty()) return;
  Point low = points.front();
  Point high = low;
  for (const Point& point : points) {
    low = {std::min(low.x, point.x), std::min(low.y, point.y)};
    high = {std::max(high.x, point.x), std::max(high.y, point.y)};
  }
  width_ = std::max(high.x - low.x, high.y - low.y);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> coded(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    coded[i] = {width_ > 0 ? CodeOf(points[i] - low, width_) : 0, static_cast<std::uint32_t>(i)};
  }
  std::ranges::sort(coded);
  for (const auto& [code, point] : coded) {
    codes_.push_back(code);
    order_.push_back(point);
  }
  // Every inner node has two children or more.
  nodes_.reserve(2 * points.size());
  AddNode(points, 0, points.size());
}

// Goes at most kLevels deep. A square that holds all points of one around it is left out.
void Quadtree::AddNode(std::span<const Point> points, std::size_t begin, std::size_t end) {
  const std::size_t at = nodes_.size();
  nodes_.emplace_back();
  Node node = {};
  const std::uint64_t difference = codes_[begin] ^ codes_[end - 1];
  if (difference == 0) {
    for (std::size_t i = begin; i < end; ++i) node.middle = node.middle + points[order_[i]];
  } else {
    // The first pair of bits in which they differ parts them.
    const int pair = (63 - std::countl_zero(difference)) / 2;
    node.squared_width = std::pow(std::ldexp(width_, pair + 1 - kLevels), 2);
    for (std::size_t first = begin; first < end;) {
      const std::uint64_t quadrant = codes_[first] >> 2 * pair;
      const auto last =
          std::partition_point(codes_.begin() + static_cast<std::ptrdiff_t>(first),
                               codes_.begin() + static_cast<std::ptrdiff_t>(end),
                               [&](std::uint64_t code) { return code >> 2 * pair == quadrant; });
      const auto next = static_cast<std::size_t>(last - codes_.begin());
      const std::size_t child = nodes_.size();
      AddNode(points, first, next);
      node.middle = node.middle + nodes_[child].count * nodes_[child].middle;
      first = next;
    }
  }
  node.count = static_cast<double>(end - begin);
  node.middle = 1 / node.count * node.middle;
  node.next = static_cast<std::uint32_t>(nodes_.size());
  nodes_[at] = node;
}

}  // namespace wordkin::query
