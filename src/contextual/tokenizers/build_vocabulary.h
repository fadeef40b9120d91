#pragma once

#include <cstdint>
#include <vector>

#include "contextual/tokenizers/added_tokens.h"
#include "contextual/tokenizers/piece_list.h"

namespace wordkin::contextual {

// The pieces in the order of their ids; an id that only an added token has gets an empty one.
// Throws kDamaged when an id is out of range, has two pieces or has none, or when an added token
// contradicts the pieces.
PieceList<std::int32_t> PiecesById(PieceList<std::int32_t> pieces,
                                   const std::vector<AddedToken>& added_tokens);

// The same of added tokens for pieces whose ids are their places.
void CheckAddedTokens(const PieceList<double>& pieces, const std::vector<AddedToken>& added_tokens);

}  // namespace wordkin::contextual
