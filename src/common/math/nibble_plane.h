#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/math/scan_plane.h"

namespace wordkin {

// The rows of a scan plane once more, in 4 bits a value: half of the bytes to walk through, for a
// coarser order of which more rows are looked at again. Blocks of 16 rows as in ScanPlane; 64 bytes
// hold eight dimensions, the first four in the low halves of bytes, the others in the high halves.
// A value v in [-7, 7] is stored as v + 8; padding is zero, stored as 8.
struct NibblePlane {
  static constexpr std::size_t kRowsPerBlock = ScanPlane::kRowsPerBlock;
  static constexpr std::size_t kDimensionsPerGroup = 8;
  static constexpr int kZero = 8;
  static constexpr int kLargest = 7;

  std::size_t row_count = 0;
  std::size_t dimension = 0;
  // block_count() * group_count() * 64 bytes.
  const std::uint8_t* blocks = nullptr;
  // For each row 7 / |row| in half precision (0 for a zero row), padded with 0.
  const std::uint16_t* cosine_factors = nullptr;

  std::size_t block_count() const { return (row_count + kRowsPerBlock - 1) / kRowsPerBlock; }
  std::size_t group_count() const {
    return (dimension + kDimensionsPerGroup - 1) / kDimensionsPerGroup;
  }
  std::size_t byte_count() const { return block_count() * group_count() * 64; }
  int Value(std::size_t row, std::size_t column) const;
};

// The plane's rows in 4 bits: blocks, then cosine factors, PackedNibbleBytes() in all. Values
// beyond four fifths of a row's largest are cut to that, which leaves the others finer.
std::vector<std::byte> PackNibbles(const ScanPlane& plane);
std::size_t PackedNibbleBytes(std::size_t row_count, std::size_t dimension);

// 'packed', aligned as factors need it, must outlive the result.
NibblePlane ViewOfNibbles(std::span<const std::byte> packed, std::size_t row_count,
                          std::size_t dimension);

}  // namespace wordkin
