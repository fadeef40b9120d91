#pragma once

#include <memory>

#include "contextual/tokenizers/json_field.h"
#include "contextual/tokenizers/normalizer.h"

namespace wordkin::contextual {

// "normalizer" of a tokenizer.json; null gives none. Throws kDamaged for what is not known.
std::unique_ptr<const Normalizer> BuildNormalizer(const JsonField& field);

}  // namespace wordkin::contextual
