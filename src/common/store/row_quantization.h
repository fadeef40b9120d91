#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "common/math/scan_plane.h"

namespace wordkin {

// Fixed point: value = scale * (256 * high + low), high in [-127, 127], low in [-128, 127]. Rows
// are finite. The 8-bit forms leave 'low' out.

// A 16-bit integer of this size is the largest whose high part is 127.
constexpr int kLargestInteger = 127 * 256 + 127;

// The largest value of a row becomes kLargestInteger. 0 for a zero row. In float the scale is
// rounded up to kScaleBits significant bits: it loses nothing that matters and compresses better.
double ExactRowScale(std::span<const float> row);
float RowScale(std::span<const float> row);
constexpr int kScaleBits = 12;

// 'scale' > 0, or 0 for a zero row. The spans have the same length.
void QuantizeHigh(std::span<const float> row, double scale, std::span<std::int8_t> high);
void QuantizeTwoPlane(std::span<const float> row, double scale, std::span<std::int8_t> high,
                      std::span<std::int8_t> low);

// 127 / |high| as a half; 0 for a zero row.
std::uint16_t CosineFactor(std::span<const std::int8_t> high);

}  // namespace wordkin
