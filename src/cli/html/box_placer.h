#pragma once

#include <cstddef>
#include <vector>

namespace wordkin::cli {

struct Box {
  double left, top, right, bottom;
  bool Meets(const Box& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

// Labels of a picture, first come, first served: none lies on another or leaves the frame. Looks
// only at boxes nearby, by a grid of cells.
class BoxPlacer {
 public:
  // Cells about as large as most boxes make it quick; cell_size > 0.
  BoxPlacer(const Box& frame, double cell_size);

  // Takes the box's place; false when it is not free.
  bool Place(const Box& box);
  // Takes it, free or not: of what is there already.
  void Occupy(const Box& box);

 private:
  struct Cells {
    std::size_t first_column, last_column, first_row, last_row;
  };
  Cells CellsOf(const Box& box) const;
  bool IsFree(const Box& box, const Cells& cells) const;

  Box frame_;
  double cell_size_;
  std::size_t column_count_;
  std::size_t row_count_;
  std::vector<std::vector<Box>> boxes_;  // of each cell, those that meet it
};

}  // namespace wordkin::cli
