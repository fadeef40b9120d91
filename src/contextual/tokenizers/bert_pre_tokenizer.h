#pragma once

#include "contextual/tokenizers/pre_tokenizer.h"

namespace wordkin::contextual {

// Words end at white space, and every punctuation mark is a word of its own.
class BertPreTokenizer : public PreTokenizer {
 public:
  SplitText Split(SplitText text) const override;
};

}  // namespace wordkin::contextual
