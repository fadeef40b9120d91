#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "common/store/embedding_store.h"
#include "query/evaluation/question_files.h"
#include "query/evaluation/statistics.h"
#include "query/questions/analogy.h"

namespace wordkin::query {

struct AnalogySection {
  std::string name;
  std::size_t asked = 0;  // all four words among those searched
  std::size_t correct = 0;
  std::size_t skipped = 0;  // a word missing
};

struct AnalogyReport {
  std::string file;
  std::size_t asked = 0;
  std::size_t correct = 0;
  std::size_t skipped = 0;
  std::vector<AnalogySection> sections;
};

struct SimilarityReport {
  std::string file;
  std::size_t pairs = 0;    // scored by both
  std::size_t skipped = 0;  // a word missing
  std::size_t unseen = 0;   // of the pairs: with a word that its subwords made
  double spearman = 0;      // NaN with fewer than 3 pairs
  double seen_spearman =
      0;  // over the pairs without unseen words, as models without subwords have it
};

// Both read the sets the field uses, and look words up as written, then in lower case. Words of
// similarities, the last resort, are made of the subwords of the lower case where the store has
// some. Throw kInputOutput, or kDamaged naming the line that is wrong.

// word2vec's layout: ": section" lines, then four words a line, by white space. Answers are sought
// among the 'top' most frequent words (0: all), by exact search.
AnalogyReport EvaluateAnalogies(const EmbeddingStore& store, const std::string& path,
                                std::size_t top, AnalogyMethod method);

// Two words and a score a line, by tabs, commas or spaces; '#' begins a comment, a first line whose
// third field is no number is a heading.
SimilarityReport EvaluateSimilarity(const EmbeddingStore& store, const std::string& path);

// The same with a set that was read before; the report names no file.
AnalogyReport EvaluateAnalogies(const EmbeddingStore& store,
                                std::span<const QuestionSection> questions, std::size_t top,
                                AnalogyMethod method);
SimilarityReport EvaluateSimilarity(const EmbeddingStore& store, std::span<const JudgedPair> pairs);

}  // namespace wordkin::query
