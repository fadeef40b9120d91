#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "common/store/vocabulary.h"
#include "train/corpus/id_sequence.h"

namespace wordkin::train {

// For a word that is not in the vocabulary; above every id.
inline constexpr WordId kLeftOut = 0xFFFFFFFE;

struct CountedWord {
  std::string_view word;
  std::uint64_t count;
  std::uint32_t number;     // its provisional one
  bool is_earlier = false;  // of an earlier vocabulary, which stays
};

// The vocabulary of 'words' by falling count, ties by bytes, cut to 'max_vocabulary' (0: all): the
// earlier words, however many, and the most frequent others. Leaves 'words' in the order of their
// ids. Throws kDamaged on repeated words.
Vocabulary RankWords(std::vector<CountedWord>& words, std::uint64_t max_vocabulary);

// By provisional number: the id of each of 'words', which are in the order of their ids, and
// kLeftOut for other numbers below 'number_count'.
std::vector<WordId> FinalIds(std::span<const CountedWord> words, std::size_t number_count);

// A part of a corpus with its final ids, and line ends only between words, since lines may have
// lost all of theirs.
struct FinalBlock {
  std::vector<WordId> ids;
  std::uint64_t word_count = 0;
  bool line_ends_before = false;  // the first word
  bool line_ends_after = false;   // the last one
};
FinalBlock MakeFinalBlock(std::span<const WordId> provisional,
                          const std::vector<WordId>& final_ids);

// Puts blocks together.
class FinalIdWriter {
 public:
  explicit FinalIdWriter(IdSequence& ids) : ids_(ids) {}
  // Throws kInputOutput.
  void Write(const FinalBlock& block);
  std::uint64_t word_count() const { return word_count_; }

 private:
  IdSequence& ids_;
  std::uint64_t word_count_ = 0;
  bool line_ended_ = false;
};

// Moves 'provisional', sealed, to 'ids' with its final ids, and seals it. Gives the front back to
// the system as it goes. Returns the number of words. Throws kInputOutput.
std::uint64_t WriteFinalIds(IdSequence& provisional, const std::vector<WordId>& final_ids,
                            int thread_count, IdSequence& ids);

}  // namespace wordkin::train
