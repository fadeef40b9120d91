#include "cli/comparison/cosine_scale.h"

#include <algorithm>
#include <cmath>

#include "cli/numbers.h"

namespace wordkin::cli {
namespace {

constexpr int kZero = 100;
constexpr int kOne = 200;

// Lightness, green to red, blue to yellow.
using Oklab = std::array<double, 3>;
constexpr Oklab kLow = {0.36, -0.012, -0.105};
constexpr Oklab kHigh = {0.915, -0.018, 0.135};
// Luminance is about the cube of Oklab's lightness; at 0.18 black and white contrast alike.
constexpr double kMiddleLightness = 0.565;

std::uint8_t Encode(double linear) {
  const double value = std::clamp(linear, 0.0, 1.0);
  const double encoded =
      value <= 0.0031308 ? 12.92 * value : 1.055 * std::pow(value, 1 / 2.4) - 0.055;
  return static_cast<std::uint8_t>(std::lround(255 * encoded));
}

std::array<std::uint8_t, 3> ToRgb(const Oklab& color) {
  const double l = std::pow(color[0] + 0.3963377774 * color[1] + 0.2158037573 * color[2], 3);
  const double m = std::pow(color[0] - 0.1055613458 * color[1] - 0.0638541728 * color[2], 3);
  const double s = std::pow(color[0] - 0.0894841775 * color[1] - 1.2914855480 * color[2], 3);
  return {Encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
          Encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
          Encode(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

}  // namespace

std::uint8_t CosineByte(float cosine) {
  if (!std::isfinite(cosine)) return kNoCosine;
  const long hundredths = std::lround(100.0 * std::clamp(cosine, -1.0f, 1.0f));
  return static_cast<std::uint8_t>(kZero + hundredths);
}

std::string CosineText(std::uint8_t byte) {
  if (byte == kNoCosine) return "n/a";
  const std::string digits = FixedPoint(std::abs(byte - kZero) / 100.0, 2);
  return byte < kZero ? "−" + digits : digits;
}

CosineScale::CosineScale(const UsageReport& report) {
  int lowest = kOne;
  for (const std::vector<float>& layer : report.cosines) {
    for (const float cosine : layer) lowest = std::min<int>(lowest, CosineByte(cosine));
  }
  lowest_ = static_cast<std::uint8_t>(std::min(lowest, kOne - 10) / 10 * 10);
}

double CosineScale::Share(std::uint8_t cosine) const {
  return std::clamp<double>(cosine - lowest_, 0, kOne - lowest_) / (kOne - lowest_);
}

std::array<std::uint8_t, 3> CosineScale::Color(std::uint8_t cosine) const {
  if (cosine == kNoCosine) return {136, 136, 136};
  Oklab mixed;
  for (std::size_t part = 0; part < mixed.size(); ++part) {
    mixed[part] = std::lerp(kLow[part], kHigh[part], Share(cosine));
  }
  return ToRgb(mixed);
}

std::string CosineScale::HexColor(std::uint8_t cosine) const {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string color = "#";
  for (const std::uint8_t part : Color(cosine)) {
    color += kDigits[part >> 4];
    color += kDigits[part & 15];
  }
  return color;
}

std::uint8_t CosineScale::first_light() const {
  const double share = (kMiddleLightness - kLow[0]) / (kHigh[0] - kLow[0]);
  return static_cast<std::uint8_t>(std::ceil(lowest_ + share * (kOne - lowest_)));
}

}  // namespace wordkin::cli
