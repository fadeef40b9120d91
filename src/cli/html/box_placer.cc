#include "cli/html/box_placer.h"

#include <algorithm>
#include <cmath>

namespace wordkin::cli {
namespace {

std::size_t CellCount(double extent, double cell_size) {
  return static_cast<std::size_t>(std::max(1.0, std::ceil(extent / cell_size)));
}

}  // namespace

BoxPlacer::BoxPlacer(const Box& frame, double cell_size)
    : frame_(frame),
      cell_size_(cell_size),
      column_count_(CellCount(frame.right - frame.left, cell_size)),
      row_count_(CellCount(frame.bottom - frame.top, cell_size)),
      boxes_(column_count_ * row_count_) {}

bool BoxPlacer::Place(const Box& box) {
  if (box.left < frame_.left || box.top < frame_.top || box.right > frame_.right ||
      box.bottom > frame_.bottom || !IsFree(box, CellsOf(box))) {
    return false;
  }
  Occupy(box);
  return true;
}

void BoxPlacer::Occupy(const Box& box) {
  const Cells cells = CellsOf(box);
  for (std::size_t row = cells.first_row; row <= cells.last_row; ++row) {
    for (std::size_t column = cells.first_column; column <= cells.last_column; ++column) {
      boxes_[row * column_count_ + column].push_back(box);
    }
  }
}

BoxPlacer::Cells BoxPlacer::CellsOf(const Box& box) const {
  const auto cell = [this](double offset, std::size_t count) {
    const double last = static_cast<double>(count - 1);
    return static_cast<std::size_t>(std::clamp(std::floor(offset / cell_size_), 0.0, last));
  };
  return {cell(box.left - frame_.left, column_count_), cell(box.right - frame_.left, column_count_),
          cell(box.top - frame_.top, row_count_), cell(box.bottom - frame_.top, row_count_)};
}

bool BoxPlacer::IsFree(const Box& box, const Cells& cells) const {
  for (std::size_t row = cells.first_row; row <= cells.last_row; ++row) {
    for (std::size_t column = cells.first_column; column <= cells.last_column; ++column) {
      for (const Box& other : boxes_[row * column_count_ + column]) {
        if (other.Meets(box)) return false;
      }
    }
  }
  return true;
}

}  // namespace wordkin::cli
