#include "cli/numbers.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace wordkin::cli {
namespace {

// Two significant digits below ten, whole numbers above: more would feign precision.
std::string TwoDigits(double number) { return FixedPoint(number, number < 9.95 ? 1 : 0); }

}  // namespace

std::optional<std::uint64_t> ParseInteger(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<double> ParseReal(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<double> ParseDuration(std::string_view text) {
  double unit = 1;
  if (!text.empty() && std::string_view("smh").find(text.back()) != std::string_view::npos) {
    unit = text.back() == 'h' ? 3600 : text.back() == 'm' ? 60 : 1;
    text.remove_suffix(1);
  }
  const std::optional<double> number = ParseReal(text);
  if (!number || *number * unit <= 0) return std::nullopt;
  return *number * unit;
}

std::string WithThousands(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, ",");
  return digits;
}

std::string HumanBytes(std::uint64_t bytes) {
  static constexpr std::array<std::string_view, 5> kUnits = {"kB", "MB", "GB", "TB", "PB"};
  if (bytes < 1000) return Counted(bytes, "byte", "bytes");
  double quantity = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (quantity >= 999.5 && unit + 1 < kUnits.size()) {
    quantity /= 1000;
    ++unit;
  }
  return TwoDigits(quantity) + " " + std::string(kUnits[unit]);
}

std::string HumanSeconds(double seconds) {
  if (seconds < 0.995) return FixedPoint(seconds, 2) + " s";
  if (seconds < 99.5) return TwoDigits(seconds) + " s";
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 3600) {
    return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  }
  return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

std::string HumanQuantity(double quantity) {
  if (quantity < 999.5) return FixedPoint(quantity, 0);
  if (quantity < 999.5e3) return TwoDigits(quantity / 1e3) + " k";
  if (quantity < 999.5e6) return TwoDigits(quantity / 1e6) + " M";
  return TwoDigits(quantity / 1e9) + " G";
}

std::string ShortNumber(double number) {
  std::array<char, 32> buffer;
  std::snprintf(buffer.data(), buffer.size(), "%g", number);
  return buffer.data();
}

std::string FixedPoint(double number, int decimals) {
  // Wide enough for the largest double without an exponent.
  std::array<char, 400> buffer;
  std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, number);
  return buffer.data();
}

std::string Counted(std::uint64_t number, std::string_view singular, std::string_view plural) {
  return WithThousands(number) + " " + std::string(number == 1 ? singular : plural);
}

}  // namespace wordkin::cli
