#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/comparison/usage_report.h"

namespace wordkin::cli {

// A cosine as the page holds it: in hundredths, as a byte. Text, colour and the script's data come
// from the same byte, so that they always agree.
constexpr std::uint8_t kNoCosine = 255;  // not a number
std::uint8_t CosineByte(float cosine);
std::string CosineText(std::uint8_t byte);  // "0.53", "–0.02", "n/a"
inline std::string CosineText(float cosine) { return CosineText(CosineByte(cosine)); }

// Colours from dark blue, for the lowest cosine of any layer rounded down to a tenth, to yellow,
// for 1. Their lightness alone tells them apart: both ends are mixed in Oklab (Ottosson 2020).
class CosineScale {
 public:
  explicit CosineScale(const UsageReport& report);

  std::uint8_t lowest() const { return lowest_; }  // as a byte
  std::array<std::uint8_t, 3> Color(std::uint8_t cosine) const;
  std::string HexColor(std::uint8_t cosine) const;  // "#1f3a5f"
  // From here on a cosine's colour is light: black text reads better on it than white.
  std::uint8_t first_light() const;

 private:
  double Share(std::uint8_t cosine) const;
  std::uint8_t lowest_;
};

}  // namespace wordkin::cli
