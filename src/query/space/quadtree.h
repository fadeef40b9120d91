#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "query/space/point.h"

namespace wordkin::query {

// Points of the plane in nested squares, each with the middle of its points, so that many far ones
// count as one (Barnes and Hut 1986). Any points will do, also any number at one place.
class Quadtree {
 public:
  // 'points' are finite.
  explicit Quadtree(std::span<const Point> points);

  // Points by where they lie, near ones mostly near each other: an order in which to ask.
  std::span<const std::uint32_t> order() const { return order_; }
  std::size_t node_count() const { return nodes_.size(); }

  // Calls visit(middle, count) for parts that together are all points: those whose square is less
  // than theta times their distance wide, the others one by one or, at one place, together. A point
  // of the tree meets itself as a part of its own, or of those at its place. 0 <= theta < 0.7.
  template <typename Visit>
  void VisitParts(Point from, double theta, const Visit& visit) const {
    const double theta_squared = theta * theta;
    for (std::size_t at = 0; at < nodes_.size();) {
      const Node& node = nodes_[at];
      if (node.squared_width < theta_squared * (from - node.middle).SquaredLength()) {
        visit(node.middle, node.count);
        at = node.next;
      } else if (node.next == at + 1) {
        visit(node.middle, node.count);
        ++at;
      } else {
        ++at;
      }
    }
  }

 private:
  // Nodes lie as one meets them going down first: the children of a node behind it, and behind
  // those, at 'next', what one turns to without looking into it. A leaf's next is the one behind.
  struct Node {
    Point middle;
    double count;
    double squared_width;
    std::uint32_t next;
  };

  // The node of the points order_[begin, end), and those below it.
  void AddNode(std::span<const Point> points, std::size_t begin, std::size_t end);

  double width_ = 0;                  // of the square around all
  std::vector<std::uint64_t> codes_;  // in the order of order_
  std::vector<std::uint32_t> order_;
  std::vector<Node> nodes_;
};

}  // namespace wordkin::query
