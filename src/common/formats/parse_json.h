#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace wordkin {

// Bytes of a text: what it becomes takes up to 25 times as many.
inline constexpr std::size_t kLargestJson = 16'000'000;

// What 'text' holds, which 'source' names in messages ("'model/config.json'"). Throws kDamaged when
// it is longer than kLargestJson, is no JSON, holds a key twice in one object, or is nested deeper
// than kDeepestJson (json_guard.h): what walks through it may recurse.
nlohmann::json ParseForeignJson(std::string_view text, const std::string& source);

}  // namespace wordkin
