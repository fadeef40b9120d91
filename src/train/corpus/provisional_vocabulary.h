#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace wordkin::train {

// Numbers words in the order of their first appearance and counts them. One per thread.
class ProvisionalVocabulary {
 public:
  struct Entry {
    const char* text;
    std::uint64_t hash;
    std::uint64_t count;
    std::uint32_t length;

    std::string_view word() const { return {text, length}; }
  };

  ProvisionalVocabulary();

  // The word's number, a new one when it has none yet, with 'count' added. 'hash' is its WordHash.
  // Throws kInputOutput when 32 bits do not suffice for the numbers.
  std::uint32_t Add(std::string_view word, std::uint64_t hash, std::uint64_t count = 1);

  // Brings what Add(word, hash) will read nearer, in three steps some words apart.
  void PrefetchSlot(std::uint64_t hash) const {
    __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }
  void PrefetchEntry(std::uint64_t hash) const {
    const std::uint32_t number = slots_[hash & (slots_.size() - 1)].number;
    if (number < entries_.size()) __builtin_prefetch(&entries_[number], 1);
  }
  void PrefetchText(std::uint64_t hash) const {
    const std::uint32_t number = slots_[hash & (slots_.size() - 1)].number;
    if (number < entries_.size()) __builtin_prefetch(entries_[number].text);
  }

  // By number. Their texts live as long as this object.
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  // A part of the hash beside the number spares most looks at the words of others.
  struct Slot {
    std::uint32_t hash_part;
    std::uint32_t number;
  };

  std::uint32_t Insert(std::string_view word, std::uint64_t hash, std::uint64_t count);
  void Grow();
  const char* Store(std::string_view word);

  std::vector<Slot> slots_;  // open addressing, a power of two of them
  std::vector<Entry> entries_;
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t chunk_used_;
};

}  // namespace wordkin::train
