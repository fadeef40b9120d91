#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contextual/tokenizers/normalizer.h"

namespace wordkin::contextual {

// What becomes of 'text'.
inline std::string Normalized(const Normalizer& normalizer, std::string_view text) {
  return std::string(normalizer.Normalize(AlignedText(text, 0, text.size())).text());
}

// Where each byte of it comes from.
inline std::vector<ByteRange> SourcesOf(const Normalizer& normalizer, std::string_view text) {
  const AlignedText normalized = normalizer.Normalize(AlignedText(text, 0, text.size()));
  std::vector<ByteRange> sources;
  for (std::size_t i = 0; i < normalized.size(); ++i) {
    sources.push_back(normalized.SourceOf(i, i + 1));
  }
  return sources;
}

}  // namespace wordkin::contextual
