#pragma once

#include <cstddef>

#include "contextual/tokenizers/json_field.h"
#include "contextual/tokenizers/post_processing.h"

namespace wordkin::contextual {

// "post_processor" of a tokenizer.json; null asks for nothing. Throws kDamaged for what is not
// known and for an id that is not below 'vocabulary_size'.
PostProcessing BuildPostProcessing(const JsonField& field, std::size_t vocabulary_size);

}  // namespace wordkin::contextual
