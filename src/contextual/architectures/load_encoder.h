#pragma once

#include <string>

#include "contextual/encoder/encoder.h"

namespace wordkin::contextual {

// The encoder of a Hugging Face folder. Throws kInputOutput when a file is missing, kDamaged when
// one is damaged, disagrees with another, or asks for what Wordkin does not run: each names the
// file.
Encoder LoadEncoder(const std::string& folder, EncoderPrecision precision);

}  // namespace wordkin::contextual
