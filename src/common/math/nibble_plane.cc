#include "common/math/nibble_plane.h"

#include <algorithm>
#include <cmath>

#include "common/math/half_float.h"

namespace wordkin {
namespace {

struct Place {
  std::size_t byte;
  int shift;
};

Place PlaceOf(std::size_t group_count, std::size_t row, std::size_t column) {
  const std::size_t in_group = column % NibblePlane::kDimensionsPerGroup;
  return {
      (row / NibblePlane::kRowsPerBlock * group_count + column / NibblePlane::kDimensionsPerGroup) *
              64 +
          row % NibblePlane::kRowsPerBlock * 4 + in_group % 4,
      in_group < 4 ? 0 : 4};
}

int Coarse(int value) {
  constexpr float kCut = 0.8f * 127;
  const float scaled = std::nearbyint(static_cast<float>(value) * NibblePlane::kLargest / kCut);
  return std::clamp(static_cast<int>(scaled), -NibblePlane::kLargest, NibblePlane::kLargest);
}

}  // namespace

int NibblePlane::Value(std::size_t row, std::size_t column) const {
  const Place place = PlaceOf(group_count(), row, column);
  return (blocks[place.byte] >> place.shift & 0xF) - kZero;
}

NibbleRows MakeNibbleRows(const ScanPlane& plane) {
  const NibblePlane shape = {plane.row_count, plane.dimension};
  NibbleRows rows = {std::vector<std::uint8_t>(shape.byte_count(), 0x88),
                     std::vector<std::uint16_t>(shape.block_count() * NibblePlane::kRowsPerBlock)};
  for (std::size_t row = 0; row < plane.row_count; ++row) {
    int squares = 0;
    for (std::size_t column = 0; column < plane.dimension; ++column) {
      const int value = Coarse(plane.blocks[plane.Offset(row, column)] - ScanPlane::kZero);
      squares += value * value;
      const Place place = PlaceOf(shape.group_count(), row, column);
      std::uint8_t& byte = rows.blocks[place.byte];
      byte = static_cast<std::uint8_t>((byte & ~(0xF << place.shift)) | (value + NibblePlane::kZero)
                                                                            << place.shift);
    }
    if (squares == 0) continue;
    rows.cosine_factors[row] =
        FloatToHalf(static_cast<float>(NibblePlane::kLargest / std::sqrt(squares)));
  }
  return rows;
}

}  // namespace wordkin
