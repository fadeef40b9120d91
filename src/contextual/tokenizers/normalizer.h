#pragma once

#include "contextual/tokenizers/aligned_text.h"

namespace wordkin::contextual {

// Rewrites text before it is cut into words. Immutable and thread-safe.
class Normalizer {
 public:
  virtual ~Normalizer() = default;
  virtual AlignedText Normalize(const AlignedText& text) const = 0;
};

}  // namespace wordkin::contextual
