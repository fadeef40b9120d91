#pragma once

#include "contextual/tokenizers/pre_tokenizer.h"

namespace wordkin::contextual {

// GPT-2's: words with the blank before them, numbers, runs of other characters and English endings
// ('s, 'll), written byte by byte in the characters of ByteCharacters(). A blank that is put before
// the text comes from its first character. L* and N* are those of Unicode 16.
class ByteLevelPreTokenizer : public PreTokenizer {
 public:
  ByteLevelPreTokenizer(bool adds_prefix_space, bool splits)
      : adds_prefix_space_(adds_prefix_space), splits_(splits) {}
  SplitText Split(SplitText text) const override;

 private:
  bool adds_prefix_space_;
  bool splits_;
};

// Where the word ends that begins at 'begin' of 'text', valid UTF-8 (Radford et al. 2019).
std::size_t EndOfGpt2Word(std::string_view text, std::size_t begin);

}  // namespace wordkin::contextual
