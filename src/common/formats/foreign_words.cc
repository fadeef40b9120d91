#include "common/formats/foreign_words.h"

#include <unordered_map>

#include "common/text/printable.h"
#include "common/text/utf8.h"

namespace wordkin {
ForeignWords::ForeignWords(const std::string& path, std::string_view unit,
                           std::size_t expected_count)
    : path_(path), unit_(unit) {
  entries_.reserve(expected_count);
  positions_.reserve(expected_count);
}

void ForeignWords::Add(std::string_view word, std::uint64_t position, std::uint64_t count) {
  if (word.empty()) {
    throw DamagedAt(path_, unit_, position, "the word is missing");
  }
  if (!IsValidUtf8(word)) {
    throw DamagedAt(path_, unit_, position,
                    "the word " + QuoteExcerpt(word) + " is not valid UTF-8");
  }
  entries_.push_back({std::string(word), count});
  positions_.push_back(position);
}

Vocabulary ForeignWords::Build() const {
  // Vocabulary finds repetitions on its way; only then is it worth a second pass to name the
  // places.
  try {
    return Vocabulary(entries_);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kDamaged) RefuseRepeatedWord();
    throw;
  }
}

void ForeignWords::RefuseRepeatedWord() const {
  std::unordered_map<std::string_view, std::size_t> first_seen;
  for (std::size_t row = 0; row < entries_.size(); ++row) {
    const auto [earlier, is_new] = first_seen.emplace(entries_[row].word, row);
    if (!is_new) {
      throw DamagedAt(path_, unit_, positions_[row],
                      "the word " + QuoteExcerpt(entries_[row].word) + " was already at " + unit_ +
                          " " + std::to_string(positions_[earlier->second]));
    }
  }
}

}  // namespace wordkin
