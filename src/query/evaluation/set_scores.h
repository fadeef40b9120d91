#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "query/evaluation/resampling.h"
#include "query/evaluation/set_answers.h"

namespace wordkin::query {

// What a set's answers come to: accuracy, Spearman's correlation of judged pairs, or purity. NaN
// where there is none.
double ScoreOf(SetKind kind, std::span<const AnsweredItem> items);
// The same of a sample of the items, for resampling. 'items' is no longer needed.
SampleStatistic SampledScore(SetKind kind, std::span<const AnsweredItem> items);
// What is drawn together: words of a category, which fall into one cluster together; else empty.
std::vector<std::size_t> DrawnTogether(SetKind kind, std::span<const AnsweredItem> items);

enum class IntervalMethod { kWilson, kBootstrap };

struct ScoreEstimate {
  double score = 0;
  // 95 %. Of an accuracy Wilson's, which stays right where few or all answers are right and the
  // bootstrap's has no width; else the bootstrap's. NaN where the score is.
  IntervalMethod method = IntervalMethod::kBootstrap;
  Interval interval = {};
  Interval bootstrap = {};
};
ScoreEstimate EstimateScore(SetKind kind, std::span<const AnsweredItem> items,
                            const ResamplingOptions& options);

// Items whose rarest words have like ranks.
struct FrequencyBin {
  std::vector<AnsweredItem> items;
  WordId most_frequent = 0;  // of the items' rarest words
  WordId rarest = 0;
  bool is_unseen = false;  // all have a word that subwords made, and ranks say nothing
};

// At most 'bin_count' bins of about as many items, by rising rank; items with the same rarest word
// are together. Then one of those with an unseen word, where there are some.
std::vector<FrequencyBin> PartByFrequency(std::span<const AnsweredItem> items,
                                          std::size_t bin_count);

}  // namespace wordkin::query
