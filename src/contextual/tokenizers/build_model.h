#pragma once

#include <memory>
#include <string>
#include <vector>

#include "contextual/tokenizers/added_tokens.h"
#include "contextual/tokenizers/piece_model.h"
#include "contextual/tokenizers/tokenizer_json.h"

namespace wordkin::contextual {

// "model" of a tokenizer.json, whose pieces it takes away. Throws kDamaged for what is broken or
// not known; 'name' is how messages call the file.
std::unique_ptr<const PieceModel> BuildModel(TokenizerJson& json,
                                             const std::vector<AddedToken>& added_tokens,
                                             const std::string& name);

}  // namespace wordkin::contextual
