#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "query/evaluation/set_answers.h"

namespace wordkin::query {

struct AnalogySection {
  std::string name;
  std::size_t asked = 0;  // all four words among those searched
  std::size_t correct = 0;
  std::size_t skipped = 0;  // a word missing
};

struct AnalogyReport {
  std::size_t asked = 0;
  std::size_t correct = 0;
  std::size_t skipped = 0;
  std::vector<AnalogySection> sections;
};

struct SimilarityReport {
  std::size_t pairs = 0;    // scored by both
  std::size_t skipped = 0;  // a word missing
  std::size_t unseen = 0;   // of the pairs: with a word that its subwords made
  double spearman = 0;      // NaN with fewer than 3 pairs
  double seen_spearman =
      0;  // over the pairs without unseen words, as models without subwords have it
};

// The answers to those very questions, by section.
AnalogyReport ReportAnalogies(std::span<const QuestionSection> questions,
                              const SetAnswers& answers);

SimilarityReport ReportSimilarity(const SetAnswers& answers);

}  // namespace wordkin::query
