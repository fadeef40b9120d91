#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace wordkin::contextual {

// A piece of a word: bytes [begin, end) of it.
struct WordPart {
  std::int32_t id;
  std::uint32_t begin;
  std::uint32_t end;
};

// Cuts a word into pieces that have ids. Immutable and thread-safe.
class PieceModel {
 public:
  virtual ~PieceModel() = default;
  // Appends the parts of 'word' in order: valid UTF-8, not empty, below 4 GiB.
  virtual void Cut(std::string_view word, std::vector<WordPart>& parts) const = 0;
  // How a part that Cut() gave is written: as the vocabulary has it, or as 'word' has it where the
  // id stands for anything unknown. Valid while both live.
  virtual std::string_view Spelling(const WordPart& part, std::string_view word) const = 0;
  // Of a piece of the vocabulary, if 'piece' is one.
  virtual std::optional<std::int32_t> Find(std::string_view piece) const = 0;
  virtual std::size_t vocabulary_size() const = 0;
};

}  // namespace wordkin::contextual
