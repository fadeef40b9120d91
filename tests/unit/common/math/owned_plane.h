#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "common/math/int8_scan.h"
#include "common/math/scan_plane.h"
#include "common/support/random.h"

namespace wordkin {

// A plane of one's own memory.
class OwnedPlane {
 public:
  OwnedPlane(std::size_t row_count, std::size_t dimension) {
    plane_.row_count = row_count;
    plane_.dimension = dimension;
    bytes_.assign(plane_.byte_count(), ScanPlane::kZero);
    factors_.assign(plane_.block_count() * ScanPlane::kRowsPerBlock, 0);
    std::fill_n(factors_.begin(), row_count, std::uint16_t{0x3C00});  // 1
  }
  void Set(std::size_t row, std::size_t column, int value) {
    bytes_[plane_.Offset(row, column)] = static_cast<std::uint8_t>(value + ScanPlane::kZero);
  }
  int Get(std::size_t row, std::size_t column) const {
    return bytes_[plane_.Offset(row, column)] - ScanPlane::kZero;
  }
  void SetFactor(std::size_t row, std::uint16_t half) { factors_[row] = half; }
  void FillAtRandom(Random& random) {
    for (std::size_t row = 0; row < plane_.row_count; ++row) {
      for (std::size_t column = 0; column < plane_.dimension; ++column) {
        Set(row, column, static_cast<int>(random.Below(255)) - 127);
      }
      factors_[row] = static_cast<std::uint16_t>(random.Below(0x7C00));  // any finite one
    }
  }
  ScanPlane view() const {
    ScanPlane plane = plane_;
    plane.blocks = bytes_.data();
    plane.cosine_factors = factors_.data();
    return plane;
  }

 private:
  ScanPlane plane_;
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint16_t> factors_;
};

inline float FloatOfHalf(std::uint16_t half) {
  const int exponent = half >> 10 & 0x1F;
  const int mantissa = half & 0x3FF;
  return exponent == 0 ? std::ldexp(static_cast<float>(mantissa), -24)
                       : std::ldexp(static_cast<float>(mantissa + 1024), exponent - 25);
}

// What the scan must give, one value after the other.
inline float PlainScore(const OwnedPlane& rows, std::size_t row, const ScanQuery& query) {
  int dot = 0;
  for (std::size_t i = 0; i < rows.view().dimension; ++i) {
    dot += rows.Get(row, i) * query.values[i];
  }
  return static_cast<float>(dot) * FloatOfHalf(rows.view().cosine_factors[row]);
}

inline ScanQuery RandomQuery(Random& random, std::size_t dimension) {
  std::vector<float> vector(dimension);
  for (float& value : vector) value = random.NextFloat() * 2 - 1;
  return QuantizeScanQuery(vector);
}

}  // namespace wordkin
