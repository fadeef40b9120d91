#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace wordkin {

// What 'text' holds, which 'source' names in messages ("'model/config.json'"). Throws kDamaged when
// it is no JSON, holds a key twice in one object, or is nested deeper than 'kDeepestJson': what
// walks through it may recurse.
nlohmann::json ParseForeignJson(std::string_view text, const std::string& source);

inline constexpr int kDeepestJson = 64;

}  // namespace wordkin
