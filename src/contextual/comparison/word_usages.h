#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "contextual/encoding/text_encoder.h"
#include "contextual/tokenizers/tokenizer.h"

namespace wordkin::contextual {

// A word where it stands in a text.
struct Usage {
  std::size_t text;  // number of it
  ByteRange bytes;
};

// Where 'word' stands in 'text' as a word, or several in a row, of the tokenizer "characters": case
// does not matter, nor punctuation around it or between words, but what 'word' itself has ("C++",
// "U.S.") must be there. Throws kUsage for a 'word' without letters and digits, and for one of more
// than kMaxSoughtBytes: every place of a text is compared with all of it.
inline constexpr std::size_t kMaxSoughtBytes = 256;
std::vector<ByteRange> FindWord(std::string_view text, std::string_view word);

// Whether the encoder takes all pieces of the text that stand for 'bytes', of which there must be
// some.
bool Reaches(const TextEncoder::Pieces& pieces, ByteRange bytes);

// The contextual vectors of usages: of each, the mean of those of its pieces, layer by layer.
class UsageVectors {
 public:
  // What they take.
  static std::uint64_t ByteCount(const Encoder& encoder, std::size_t usage_count) {
    return std::uint64_t{usage_count} * (encoder.layer_count() + 1) * encoder.dimension() *
           sizeof(float);
  }

  // Of usages that the encoder reaches.
  UsageVectors(const TextEncoder& encoder, std::span<const std::string> texts,
               std::span<const Usage> usages, int thread_count);

  std::size_t layer_count() const { return layer_count_; }  // the embeddings among them
  std::size_t dimension() const { return dimension_; }
  std::size_t usage_count() const { return usage_count_; }
  std::span<const float> At(std::size_t usage, std::size_t layer) const {
    return {values_.data() + (usage * layer_count_ + layer) * dimension_, dimension_};
  }

 private:
  std::size_t layer_count_;
  std::size_t dimension_;
  std::size_t usage_count_;
  std::vector<float> values_;  // (usages x layers x dimension)
};

// The pieces of a text that a range of its bytes, which parts no character, touches: [first, last).
struct PieceRange {
  std::size_t first;
  std::size_t last;
  bool empty() const { return first == last; }
};
PieceRange PiecesOf(const TokenizedText& text, ByteRange bytes);

}  // namespace wordkin::contextual
