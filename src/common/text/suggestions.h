#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wordkin {

// Collects the words nearest to a misspelt one by Damerau-Levenshtein distance over code points
// (optimal string alignment), case differences counted as half an edit. Offer() every candidate,
// the most frequent first; ties keep that order. Candidates further than a third of the word's
// length (at least 1, at most 3 edits) are ignored.
class Suggestions {
 public:
  Suggestions(std::string_view word, std::size_t limit);
  void Offer(std::string_view candidate);
  // At most 'limit' words, nearest first.
  std::vector<std::string> Best() const;

 private:
  struct Letter {
    char32_t exact;
    char32_t folded;  // in lower case
  };
  struct Scored {
    int half_edits;
    std::string word;
  };

  bool DecodeCandidate(std::string_view candidate);
  int DistanceToCandidate();
  void Keep(int half_edits, std::string_view candidate);

  std::vector<Letter> word_;
  std::uint64_t word_letters_ = 0;  // which folded letters occur, modulo 64
  std::size_t limit_;
  int worst_allowed_;         // in half edits; falls once 'limit' words are there
  std::vector<Scored> best_;  // nearest first
  std::vector<Letter> candidate_;
  std::vector<int> rows_[3];  // of the distance matrix, (candidate length + 1) each
};

}  // namespace wordkin
