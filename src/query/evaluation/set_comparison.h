#pragma once

#include <cstddef>

#include "query/evaluation/set_scores.h"

namespace wordkin::query {

// Two stores over the items of a set that both answer.
struct SetComparison {
  SetKind kind = SetKind::kAnalogies;
  std::size_t items = 0;
  std::size_t skipped = 0;  // by one or both
  double first_score = 0;   // NaN where there is none
  double second_score = 0;
  double difference = 0;   // second - first
  Interval interval = {};  // 95 %, of the difference, by the bootstrap of pairs of answers
  // Two-sided; NaN where the scores are. Of accuracies McNemar's exact test, of correlations
  // SpearmanSwapTest, of purities SignFlipTest by category: a category's words stand or fall
  // together, and are no independent items.
  double p_value = 0;
};

// Words with categories that one store lacks are left out before both are clustered.
SetComparison CompareOnSet(const EmbeddingStore& first, const EmbeddingStore& second,
                           const QuestionSet& set, const AnswerOptions& answering,
                           const ResamplingOptions& resampling);

}  // namespace wordkin::query
