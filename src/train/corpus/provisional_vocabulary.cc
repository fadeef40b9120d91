#include "train/corpus/provisional_vocabulary.h"

#include <cstring>

#include "common/support/error.h"
#include "common/text/word_boundary.h"

namespace wordkin::train {
namespace {

constexpr std::size_t kFirstSlots = std::size_t{1} << 12;
constexpr std::size_t kChunkBytes = std::size_t{1} << 18;
static_assert(kMaxCorpusWordBytes <= kChunkBytes);

// Above every number; the two highest ids are not words'.
constexpr std::uint32_t kFree = 0xFFFFFFFF;
constexpr std::size_t kMostWords = 0xFFFFFFFE;

std::uint32_t PartOf(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

}  // namespace

ProvisionalVocabulary::ProvisionalVocabulary()
    : slots_(kFirstSlots, Slot{0, kFree}), chunk_used_(kChunkBytes) {}

std::uint32_t ProvisionalVocabulary::Add(std::string_view word, std::uint64_t hash,
                                         std::uint64_t count) {
  const std::size_t mask = slots_.size() - 1;
  const std::uint32_t hash_part = PartOf(hash);
  for (std::size_t i = hash & mask; slots_[i].number != kFree; i = (i + 1) & mask) {
    if (slots_[i].hash_part != hash_part) continue;
    Entry& entry = entries_[slots_[i].number];
    if (entry.length != word.size() || std::memcmp(entry.text, word.data(), word.size()) != 0) {
      continue;
    }
    entry.count += count;
    return slots_[i].number;
  }
  return Insert(word, hash, count);
}

std::uint32_t ProvisionalVocabulary::Insert(std::string_view word, std::uint64_t hash,
                                            std::uint64_t count) {
  if (entries_.size() == kMostWords) {
    throw Error(ErrorKind::kInputOutput,
                "the corpus holds more different words than 32 bits can number; split it");
  }
  if (2 * (entries_.size() + 1) > slots_.size()) Grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash & mask;
  while (slots_[i].number != kFree) i = (i + 1) & mask;
  const auto number = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back({Store(word), hash, count, static_cast<std::uint32_t>(word.size())});
  slots_[i] = {PartOf(hash), number};
  return number;
}

void ProvisionalVocabulary::Grow() {
  slots_.assign(2 * slots_.size(), Slot{0, kFree});
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t number = 0; number < entries_.size(); ++number) {
    std::size_t i = entries_[number].hash & mask;
    while (slots_[i].number != kFree) i = (i + 1) & mask;
    slots_[i] = {PartOf(entries_[number].hash), static_cast<std::uint32_t>(number)};
  }
}

const char* ProvisionalVocabulary::Store(std::string_view word) {
  if (chunk_used_ + word.size() > kChunkBytes) {
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(kChunkBytes));
    chunk_used_ = 0;
  }
  char* const place = chunks_.back().get() + chunk_used_;
  std::memcpy(place, word.data(), word.size());
  chunk_used_ += word.size();
  return place;
}

}  // namespace wordkin::train
