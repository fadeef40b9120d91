#pragma once

#include "contextual/tokenizers/normalizer.h"

namespace wordkin::contextual {

struct BertNormalizerOptions {
  bool clean_text = true;            // drop controls, turn white space into blanks
  bool handle_chinese_chars = true;  // blanks around Han characters
  bool strip_accents = true;         // decompose (NFD) and drop the marks
  bool lowercase = true;             // each character by itself
};

// As BERT's uncased and cased models had their text. What is dropped belongs to no character.
class BertNormalizer : public Normalizer {
 public:
  explicit BertNormalizer(const BertNormalizerOptions& options);
  AlignedText Normalize(const AlignedText& text) const override;

 private:
  class Run;

  BertNormalizerOptions options_;
};

}  // namespace wordkin::contextual
