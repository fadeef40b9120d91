#pragma once

#include <vector>

#include "contextual/tokenizers/added_tokens.h"
#include "contextual/tokenizers/json_field.h"

namespace wordkin::contextual {

// "added_tokens" of a tokenizer.json; null gives none. Throws kDamaged.
std::vector<AddedToken> BuildAddedTokens(const JsonField& field);

}  // namespace wordkin::contextual
