#include "train/phrases/phrase_words.h"

#include <utility>

#include "common/support/error.h"
#include "common/text/word_boundary.h"
#include "train/corpus/final_ids.h"

namespace wordkin::train {

PhraseWords::PhraseWords(const Vocabulary& vocabulary, std::string joiner)
    : vocabulary_(vocabulary), joiner_(std::move(joiner)), total_count_(vocabulary.total_count()) {
  counts_.reserve(vocabulary.size());
  for (std::size_t id = 0; id < vocabulary.size(); ++id) {
    counts_.push_back(vocabulary.Count(static_cast<WordId>(id)));
  }
}

std::string_view PhraseWords::Word(WordId id) const {
  return id < vocabulary_.size() ? vocabulary_.Word(id) : phrases_[id - vocabulary_.size()];
}

std::optional<WordId> PhraseWords::Find(std::string_view text) const {
  if (const auto word = vocabulary_.Find(text)) return word;
  const auto place = phrase_ids_.find(std::string(text));
  return place == phrase_ids_.end() ? std::nullopt : std::optional(place->second);
}

WordId PhraseWords::AddPhrase(WordId first, WordId second) {
  std::string text(Word(first));
  text.append(joiner_).append(Word(second));
  if (const auto known = Find(text)) return *known;
  if (size() == kLeftOut) {
    throw Error(ErrorKind::kInputOutput,
                "the corpus holds more different words and phrases than 32 bits can number; give a "
                "higher threshold");
  }
  const auto id = static_cast<WordId>(size());
  phrase_ids_.emplace(text, id);
  phrases_.push_back(std::move(text));
  counts_.push_back(0);
  return id;
}

bool PhraseWords::MayJoin(WordId first, WordId second) const {
  return Word(first).size() + joiner_.size() + Word(second).size() <= kMaxCorpusWordBytes;
}

void PhraseWords::Join(WordId first, WordId second, WordId joined, std::uint64_t count) {
  counts_[first] -= count;
  counts_[second] -= count;
  counts_[joined] += count;
  total_count_ -= count;
}

}  // namespace wordkin::train
