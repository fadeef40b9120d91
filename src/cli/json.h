#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace wordkin::cli {

// Keys stay in the order in which they are added.
using Json = nlohmann::ordered_json;

// Rounded to six significant digits, so that it prints short; null for NaN and infinities.
Json JsonNumber(double number);

// What 'text', of a file that may be from elsewhere, holds; null or discarded when it is no JSON or
// nested deeper than any of ours, since copying and writing take stack for each level.
Json ParseStoredJson(const std::string& text);

// json[key], a whole number. Throws Json::exception when it is none: a fraction would be cut, and
// one out of range become anything.
inline std::uint64_t UnsignedAt(const Json& json, const char* key) {
  return json.at(key).get_ref<const Json::number_unsigned_t&>();
}

// On one line. Text that is no UTF-8 (a file name, say) gets U+FFFD for the bad bytes.
std::string JsonText(const Json& json);

// The same with the line's end.
std::string JsonLine(const Json& json);

}  // namespace wordkin::cli
