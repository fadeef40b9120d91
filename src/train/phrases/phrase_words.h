#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/store/vocabulary.h"

namespace wordkin::train {

// The words of a corpus and, numbered behind them, the phrases they form, with counts that change
// as words are joined.
class PhraseWords {
 public:
  // 'vocabulary' must outlive it.
  PhraseWords(const Vocabulary& vocabulary, std::string joiner);

  std::size_t size() const { return counts_.size(); }
  // Valid until the next AddPhrase.
  std::string_view Word(WordId id) const;
  std::uint64_t Count(WordId id) const { return counts_[id]; }
  // Of all words.
  std::uint64_t total_count() const { return total_count_; }

  std::optional<WordId> Find(std::string_view text) const;

  // The id of "first_second": that of a word or phrase written alike where there is one.
  WordId AddPhrase(WordId first, WordId second);
  // False when "first_second" would be longer than a word may be.
  bool MayJoin(WordId first, WordId second) const;
  // 'count' times first and second became 'joined'.
  void Join(WordId first, WordId second, WordId joined, std::uint64_t count);

 private:
  const Vocabulary& vocabulary_;
  std::string joiner_;
  std::vector<std::string> phrases_;
  std::unordered_map<std::string, WordId> phrase_ids_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t total_count_;
};

}  // namespace wordkin::train
