#include "common/store/vocabulary.h"

#include <algorithm>
#include <bit>
#include <span>

#include "common/store/checksum.h"
#include "common/store/store_format.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"

namespace wordkin {
namespace {

constexpr WordId kEmptySlot = 0xFFFFFFFF;

Error BadEntry(std::size_t entry, const std::string& reason) {
  return Error(ErrorKind::kDamaged, "word " + std::to_string(entry) + " " + reason);
}

}  // namespace

Vocabulary::Vocabulary(const std::vector<Entry>& entries) {
  if (entries.size() > kMaxRows) {
    throw Error(ErrorKind::kDamaged, "cannot number " + std::to_string(entries.size()) +
                                         " words: " + std::to_string(kMaxRows) +
                                         " are the most (limit the vocabulary)");
  }
  std::size_t text_bytes = 0;
  for (const Entry& entry : entries) text_bytes += entry.word.size();
  text_.reserve(text_bytes);
  offsets_.reserve(entries.size() + 1);
  counts_.reserve(entries.size());
  // At most half full, so that a search ends after one or two steps.
  slots_.assign(std::bit_ceil(std::max<std::size_t>(entries.size(), 1) * 2), kEmptySlot);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t id = 0; id < entries.size(); ++id) {
    const std::string& word = entries[id].word;
    if (word.empty()) throw BadEntry(id, "is empty");
    if (!IsValidUtf8(word)) throw BadEntry(id, QuoteExcerpt(word) + " is not valid UTF-8");
    std::size_t slot = WordHash(word) & mask;
    for (; slots_[slot] != kEmptySlot; slot = (slot + 1) & mask) {
      if (Word(slots_[slot]) == word) {
        throw BadEntry(id, QuoteExcerpt(word) + " repeats word " + std::to_string(slots_[slot]));
      }
    }
    slots_[slot] = static_cast<WordId>(id);
    text_ += word;
    offsets_.push_back(text_.size());
    counts_.push_back(entries[id].count);
    total_count_ += entries[id].count;
  }
}

std::optional<WordId> Vocabulary::Find(std::string_view word) const {
  if (slots_.empty()) return std::nullopt;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = WordHash(word) & mask; slots_[slot] != kEmptySlot;
       slot = (slot + 1) & mask) {
    if (Word(slots_[slot]) == word) return slots_[slot];
  }
  return std::nullopt;
}

std::uint64_t WordHash(std::string_view word) { return Checksum(std::as_bytes(std::span(word))); }

}  // namespace wordkin
