#include "common/store/row_quantization.h"

#include <algorithm>
#include <bit>
#include <cfloat>
#include <cmath>

#include "common/math/half_float.h"

namespace wordkin {
namespace {

constexpr int kLargestHigh = 127;

// Nearest integer, halves away from zero; compilers vectorise this, but not std::lround.
int Round(double value) { return static_cast<int>(value + std::copysign(0.5, value)); }

// The largest integer that times 'step' is still a float: a scale that was rounded up would carry
// the greatest floats over the edge.
int Limit(int largest, double step) {
  return static_cast<int>(std::min<double>(largest, std::floor(double{FLT_MAX} / step)));
}

}  // namespace

double ExactRowScale(std::span<const float> row) {
  float largest = 0;
  for (const float value : row) largest = std::max(largest, std::fabs(value));
  return double{largest} / kLargestInteger;
}

float RowScale(std::span<const float> row) {
  const double exact = ExactRowScale(row);
  auto scale = static_cast<float>(exact);
  if (scale < exact) scale = std::nextafter(scale, FLT_MAX);
  constexpr std::uint32_t kDropped = (std::uint32_t{1} << (24 - kScaleBits)) - 1;
  const auto bits = std::bit_cast<std::uint32_t>(scale);
  // A denormal scale has too few bits already.
  if (scale < FLT_MIN) return scale;
  return std::bit_cast<float>((bits + kDropped) & ~kDropped);
}

void QuantizeHigh(std::span<const float> row, double scale, std::span<std::int8_t> high) {
  if (scale == 0) {
    std::fill(high.begin(), high.end(), std::int8_t{0});
    return;
  }
  const double step = 256 * scale;
  const double factor = 1 / step;
  const int limit = Limit(kLargestHigh, step);
  for (std::size_t i = 0; i < row.size(); ++i) {
    high[i] = static_cast<std::int8_t>(std::clamp(Round(row[i] * factor), -limit, limit));
  }
}

void QuantizeTwoPlane(std::span<const float> row, double scale, std::span<std::int8_t> high,
                      std::span<std::int8_t> low) {
  if (scale == 0) {
    std::fill(high.begin(), high.end(), std::int8_t{0});
    std::fill(low.begin(), low.end(), std::int8_t{0});
    return;
  }
  const double factor = 1 / scale;
  const int limit = Limit(kLargestInteger, scale);
  for (std::size_t i = 0; i < row.size(); ++i) {
    const int integer = std::clamp(Round(row[i] * factor), -limit, limit);
    // Rounded to the nearest multiple of 256, so that the high plane alone ranks well.
    const int high_part = (integer + 128) >> 8;
    high[i] = static_cast<std::int8_t>(high_part);
    low[i] = static_cast<std::int8_t>(integer - high_part * 256);
  }
}

std::uint16_t CosineFactor(std::span<const std::int8_t> high) {
  std::int64_t sum = 0;
  for (const std::int8_t value : high) sum += value * value;
  if (sum == 0) return 0;
  return FloatToHalf(static_cast<float>(kLargestHigh / std::sqrt(static_cast<double>(sum))));
}

}  // namespace wordkin
