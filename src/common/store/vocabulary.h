#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wordkin {

// Dense number of a word, by falling frequency.
using WordId = std::uint32_t;

// Words with their counts and dense ids; immutable. Words are valid UTF-8, distinct, not empty.
// Vectors from other tools that come without counts have counts of zero.
class Vocabulary {
 public:
  struct Entry {
    std::string word;
    std::uint64_t count = 0;
  };

  Vocabulary() = default;
  // Ids follow the order of 'entries', which the caller has put by falling count. Throws kDamaged
  // on an empty or repeated word, invalid UTF-8 or more than 2^32 - 2 entries.
  explicit Vocabulary(const std::vector<Entry>& entries);

  std::size_t size() const { return counts_.size(); }
  // Valid while the vocabulary lives and is not moved.
  std::string_view Word(WordId id) const {
    return {text_.data() + offsets_[id], offsets_[id + 1] - offsets_[id]};
  }
  std::uint64_t Count(WordId id) const { return counts_[id]; }
  std::optional<WordId> Find(std::string_view word) const;
  // Sum of the counts.
  std::uint64_t total_count() const { return total_count_; }

 private:
  std::string text_;
  std::vector<std::uint64_t> offsets_{0};
  std::vector<std::uint64_t> counts_;
  std::vector<WordId> slots_;  // open addressing by WordHash, power-of-two size
  std::uint64_t total_count_ = 0;
};

// The hash of a word, fixed for ever: the store's word index is built on it (XXH3, 64 bits).
std::uint64_t WordHash(std::string_view word);

}  // namespace wordkin
