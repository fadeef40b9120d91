#pragma once

#include <cstddef>
#include <vector>

#include "contextual/tokenizers/aligned_text.h"

namespace wordkin::contextual {

// Text cut into words: ranges of its bytes in order, none empty; what lies between them is left
// out.
struct SplitText {
  AlignedText text;
  std::vector<ByteRange> words;
  bool begins_whole = true;  // nothing of the text that is tokenized lies before 'text'
};

// Cuts text, or words already cut, into the words that a model may not cross. It may rewrite them.
// Immutable and thread-safe.
class PreTokenizer {
 public:
  virtual ~PreTokenizer() = default;
  virtual SplitText Split(SplitText text) const = 0;
};

}  // namespace wordkin::contextual
