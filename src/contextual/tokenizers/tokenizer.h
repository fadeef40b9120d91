#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wordkin::contextual {

// Bytes [begin, end) of the text that was tokenized.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const ByteRange&) const = default;
};

// The word of a piece that the tokenizer put around the text.
inline constexpr std::int32_t kNoWord = -1;

// The pieces of one text in order, one entry a piece in each vector.
struct TokenizedText {
  std::vector<std::int32_t> ids;
  std::vector<std::string> pieces;  // as the vocabulary writes them: "##ing"
  std::vector<ByteRange> offsets;   // where the piece comes from; [0, 0) for kNoWord
  std::vector<std::int32_t> words;  // number of the piece's word in the text, from 0, or kNoWord
  std::size_t leading = 0;          // pieces put before the text: [CLS]
  std::size_t trailing = 0;         // pieces put behind it: [SEP]

  std::size_t size() const { return ids.size(); }
};

// Cuts text into pieces that have numbers. Immutable and thread-safe.
class Tokenizer {
 public:
  virtual ~Tokenizer() = default;
  // Any bytes will do: an ill-formed sequence is read as U+FFFD, and any length.
  virtual TokenizedText Tokenize(std::string_view text) const = 0;
  // Ids are below this; 0 for a tokenizer that has no vocabulary of its own.
  virtual std::size_t vocabulary_size() const = 0;
};

}  // namespace wordkin::contextual
