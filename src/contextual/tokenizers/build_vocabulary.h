#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contextual/tokenizers/added_tokens.h"

namespace wordkin::contextual {

// The pieces by id; an id that only an added token has is empty. Valid while 'pieces' live. Throws
// kDamaged when an id is out of range, has two pieces or has none, or when an added token
// contradicts the pieces. 'name' is how messages call the file.
std::vector<std::string_view> PiecesById(
    const std::vector<std::pair<std::string, std::int64_t>>& pieces,
    const std::vector<AddedToken>& added_tokens, const std::string& name);

}  // namespace wordkin::contextual
