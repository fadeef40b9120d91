#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "contextual/encoder/encoder.h"
#include "contextual/encoding/pooling.h"
#include "contextual/tokenizers/tokenizer.h"

namespace wordkin::contextual {

// What a folder holds for turning text into vectors. Immutable and thread-safe.
class TextEncoder {
 public:
  // Reads the weights on 'thread_count' threads, and where those are several the tokenizer beside
  // them on one more. Throws as ReadTokenizer and LoadEncoder do, and kDamaged when the two do not
  // belong together: more pieces than rows or far fewer, or no room for a piece between the
  // tokenizer's own.
  TextEncoder(const std::string& folder, EncoderPrecision precision, int thread_count);

  const Encoder& encoder() const { return encoder_; }
  const Tokenizer& tokenizer() const { return *tokenizer_; }
  // What 1_Pooling/config.json asks for; the mean where there is none. Throws kDamaged when that is
  // something else than a Pooling.
  Pooling pooling() const;

  struct Pieces {
    TokenizedText text;     // no longer than the model can take
    std::size_t found = 0;  // pieces before it was cut: the last of the text go, special ones stay
    bool is_cut() const { return found > text.size(); }
    // False when nothing is left but what the tokenizer put there.
    bool has_text() const { return text.size() > text.leading + text.trailing; }
  };
  Pieces Tokenize(std::string_view text) const;

 private:
  struct Parts;
  explicit TextEncoder(Parts parts);

  std::unique_ptr<const Tokenizer> tokenizer_;
  Encoder encoder_;
};

}  // namespace wordkin::contextual
