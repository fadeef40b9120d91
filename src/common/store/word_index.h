#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/store/vocabulary.h"

namespace wordkin {

// The four sections that turn words into ids and back, as they lie in the file: words with their
// lengths in front, where every 16th begins, and a hash table of ids in buckets of about eight.
struct WordSections {
  std::span<const std::byte> words;
  std::span<const std::uint32_t> word_blocks;
  std::span<const std::uint32_t> bucket_starts;
  std::span<const std::uint32_t> bucket_words;
};

// The bucket of a word with this hash: the hash's high half scaled to the number of buckets.
constexpr std::uint64_t BucketOf(std::uint64_t hash, std::uint64_t bucket_count) {
  return (hash >> 32) * bucket_count >> 32;
}

// Looks words up in mapped sections, whose lengths fit 'row_count' and whose bytes need not be
// sound: what leads outside them throws kDamaged naming the path and the section.
class WordIndex {
 public:
  WordIndex() = default;
  WordIndex(const WordSections& sections, std::size_t row_count, const std::string& path)
      : sections_(sections), row_count_(row_count), path_(path) {}

  std::optional<WordId> Find(std::string_view word) const;
  // id < row_count. Not checked to be valid UTF-8.
  std::string_view Word(WordId id) const;
  const WordSections& sections() const { return sections_; }

 private:
  WordSections sections_;
  std::size_t row_count_ = 0;
  std::string path_;
};

// Reads the length in front of a word at 'offset' and moves 'offset' behind it; nullopt when it is
// cut, 0, above kMaxWordBytes, longer than need be, or the word would not end inside 'words'.
std::optional<std::size_t> ReadWordLength(std::span<const std::byte> words, std::size_t& offset);

// The sections of a vocabulary, in memory.
struct BuiltWordSections {
  std::vector<std::byte> words;
  std::vector<std::uint32_t> word_blocks;
  std::vector<std::uint32_t> bucket_starts;
  std::vector<std::uint32_t> bucket_words;
};

// Throws kDamaged for a word above kMaxWordBytes and words above 4 GiB in all, naming 'path'.
BuiltWordSections BuildWordSections(const Vocabulary& vocabulary, const std::string& path);

}  // namespace wordkin
