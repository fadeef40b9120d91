#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/math/aligned_matrix.h"

namespace wordkin::contextual {

struct ContextWord {
  std::size_t word;  // its number
  float score;       // cosine
};

// Words in an encoder's space, with which contextual vectors are compared. All vectors are centred
// on the words' mean: without that the same few words are near to everything. Thread-safe.
class ContextWords {
 public:
  // (words x dimension) as 'wordkin distill' makes them, one row or more.
  ContextWords(std::vector<std::string> words, AlignedMatrix rows);

  std::size_t dimension() const { return rows_.dimension(); }
  const std::string& Word(std::size_t number) const { return words_[number]; }

  // The words nearest to 'vector' less half of 'common', both of length one: to what a vector says
  // beyond what is common to all usages of its word, the best first. 'left_out' is no answer, as it
  // is or case folded.
  std::vector<ContextWord> Nearest(std::span<const float> vector, std::span<const float> common,
                                   std::string_view left_out, std::size_t count) const;

  // The same words for a group of usages, ordered by how much nearer they are to its mean than to
  // that of all usages.
  std::vector<ContextWord> Distinctive(std::span<const float> mean,
                                       std::span<const float> mean_of_all,
                                       std::span<const float> common, std::string_view left_out,
                                       std::size_t count) const;

 private:
  // 'vector' centred and brought to length one.
  std::vector<float> Centred(std::span<const float> vector) const;

  std::vector<std::string> words_;
  AlignedMatrix rows_;  // centred, of length one
  std::vector<float> mean_;
};

}  // namespace wordkin::contextual
