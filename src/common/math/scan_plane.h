#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace wordkin {

// A matrix of 8-bit rows laid out for scanning: blocks of 16 rows; within a block, groups of four
// successive dimensions; within a group, row after row, four bytes each. So 64 bytes hold four
// dimensions of 16 rows, as the 8-bit dot product instructions want them. A value v in [-127, 127]
// is stored as the byte v + 128. Dimensions are padded to a multiple of 4 and rows to one of 16,
// both with the byte 128 (zero).
struct ScanPlane {
  static constexpr std::size_t kRowsPerBlock = 16;
  static constexpr std::size_t kDimensionsPerGroup = 4;
  static constexpr int kZero = 128;

  std::size_t row_count = 0;
  std::size_t dimension = 0;
  // block_count() * group_count() * 64 bytes, 64-byte aligned.
  const std::uint8_t* blocks = nullptr;
  // For each row 127 / |row| as an IEEE half-precision number (0 for a zero row), padded with 0 to
  // block_count() * 16: times the integer dot product with a query, it ranks rows by cosine.
  const std::uint16_t* cosine_factors = nullptr;

  std::size_t block_count() const { return (row_count + kRowsPerBlock - 1) / kRowsPerBlock; }
  std::size_t group_count() const {
    return (dimension + kDimensionsPerGroup - 1) / kDimensionsPerGroup;
  }
  std::size_t byte_count() const { return block_count() * group_count() * 64; }
  // Where the value of (row, column) lies in 'blocks'.
  std::size_t Offset(std::size_t row, std::size_t column) const {
    return (row / kRowsPerBlock * group_count() + column / kDimensionsPerGroup) * 64 +
           row % kRowsPerBlock * kDimensionsPerGroup + column % kDimensionsPerGroup;
  }
};

}  // namespace wordkin
