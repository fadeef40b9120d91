#pragma once

#include "contextual/tokenizers/normalizer.h"

namespace wordkin::contextual {

enum class NormalizationForm { kNfd, kNfkd, kNfc, kNfkc };

// Unicode's normalisation forms. A composed character comes from all that it is made of.
class UnicodeNormalizer : public Normalizer {
 public:
  explicit UnicodeNormalizer(NormalizationForm form) : form_(form) {}
  AlignedText Normalize(const AlignedText& text) const override;

 private:
  NormalizationForm form_;
};

}  // namespace wordkin::contextual
