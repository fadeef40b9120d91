#include "common/math/nibble_plane.h"

#include <algorithm>
#include <cmath>
#include <cstring>

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

std::size_t PackedNibbleBytes(std::size_t row_count, std::size_t dimension) {
  const NibblePlane shape = {row_count, dimension};
  return shape.byte_count() +
         shape.block_count() * NibblePlane::kRowsPerBlock * sizeof(std::uint16_t);
}

std::vector<std::byte> PackNibbles(const ScanPlane& plane) {
  const NibblePlane shape = {plane.row_count, plane.dimension};
  std::vector<std::byte> packed(PackedNibbleBytes(plane.row_count, plane.dimension));
  std::fill_n(packed.begin(), shape.byte_count(), std::byte{0x88});
  for (std::size_t row = 0; row < plane.row_count; ++row) {
    int squares = 0;
    for (std::size_t column = 0; column < plane.dimension; ++column) {
      const int value = Coarse(plane.blocks[plane.Offset(row, column)] - ScanPlane::kZero);
      squares += value * value;
      const Place place = PlaceOf(shape.group_count(), row, column);
      std::byte& byte = packed[place.byte];
      byte = (byte & ~(std::byte{0xF} << place.shift)) |
             static_cast<std::byte>((value + NibblePlane::kZero) << place.shift);
    }
    if (squares == 0) continue;
    const std::uint16_t factor =
        FloatToHalf(static_cast<float>(NibblePlane::kLargest / std::sqrt(squares)));
    std::memcpy(&packed[shape.byte_count() + row * sizeof(factor)], &factor, sizeof(factor));
  }
  return packed;
}

NibblePlane ViewOfNibbles(std::span<const std::byte> packed, std::size_t row_count,
                          std::size_t dimension) {
  NibblePlane plane = {row_count, dimension};
  plane.blocks = reinterpret_cast<const std::uint8_t*>(packed.data());
  plane.cosine_factors =
      reinterpret_cast<const std::uint16_t*>(packed.subspan(plane.byte_count()).data());
  return plane;
}

}  // namespace wordkin
