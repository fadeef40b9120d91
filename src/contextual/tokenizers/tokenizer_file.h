#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "contextual/tokenizers/tokenizer.h"

namespace wordkin::contextual {

// The tokenizer of a model's folder, from tokenizer.json, else vocab.txt, else vocab.json and
// merges.txt. What tokenizer.json says of truncation and padding is not obeyed: texts stay whole.
// Throws kInputOutput when there is none of them, kDamaged naming file and field for what is broken
// or not done here.
std::unique_ptr<const Tokenizer> ReadTokenizer(const std::string& folder);

// The same of the text of a tokenizer.json; 'name' is how messages call it.
std::unique_ptr<const Tokenizer> ParseTokenizer(std::string_view text, const std::string& name);

}  // namespace wordkin::contextual
