#include "cli/json.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace wordkin::cli {

Json JsonNumber(double number) {
  if (!std::isfinite(number)) return nullptr;
  // The library prints the shortest digits that read back the same, which are those rounded to.
  std::array<char, 32> digits;
  std::snprintf(digits.data(), digits.size(), "%.6g", number);
  return std::strtod(digits.data(), nullptr);
}

Json ParseStoredJson(const std::string& text) {
  constexpr int kMostLevels = 64;
  bool is_too_deep = false;
  const auto keep = [&is_too_deep](int depth, Json::parse_event_t, const Json&) {
    is_too_deep = is_too_deep || depth > kMostLevels;
    return !is_too_deep;
  };
  return Json::parse(text, keep, false);
}

std::string JsonText(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string JsonLine(const Json& json) { return JsonText(json) + "\n"; }

}  // namespace wordkin::cli
