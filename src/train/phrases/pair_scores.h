#pragma once

#include <cstdint>
#include <vector>

#include "train/phrases/pair_counter.h"
#include "train/phrases/phrase_options.h"
#include "train/phrases/phrase_words.h"

namespace wordkin::train {

struct PairStatistics {
  std::uint64_t pair_count;
  std::uint64_t first_count;
  std::uint64_t second_count;
  std::uint64_t word_count;  // of the corpus
};

// By options.score.
double ScoreOfPair(const PairStatistics& statistics, const PhraseOptions& options);

struct ScoredPair {
  PairKey key;
  std::uint64_t count;
  double score;
};

// The pairs that occur options.min_count times, score above 'threshold' and do not make too long a
// word, by rising key.
std::vector<ScoredPair> SelectPairs(const AdjacentPairs& counts, const PhraseWords& words,
                                    const PhraseOptions& options, double threshold);

}  // namespace wordkin::train
