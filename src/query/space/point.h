#pragma once

namespace wordkin::query {

// A place on a flat map.
struct Point {
  double x = 0;
  double y = 0;

  friend Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
  friend Point operator*(double factor, Point p) { return {factor * p.x, factor * p.y}; }
  double SquaredLength() const { return x * x + y * y; }
};

}  // namespace wordkin::query
