#pragma once

#include <memory>

#include "contextual/tokenizers/json_field.h"
#include "contextual/tokenizers/pre_tokenizer.h"

namespace wordkin::contextual {

// "pre_tokenizer" of a tokenizer.json; null gives none. Throws kDamaged for what is not known.
std::unique_ptr<const PreTokenizer> BuildPreTokenizer(const JsonField& field);

// Whether it writes text byte by byte: what byte-pair encoding is done for here.
bool IsByteLevel(const JsonField& pre_tokenizer);

}  // namespace wordkin::contextual
