#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "common/math/aligned_matrix.h"

namespace wordkin {

struct LogisticRegressionOptions {
  double penalty = 1;  // of half the weights' squared length, beside the sum of losses
  std::size_t most_rounds = 10'000;
};

// P(positive | row) = 1 / (1 + e^-(weights . row + bias)).
struct LogisticModel {
  std::vector<float> weights;  // (dimension)
  double bias = 0;

  double Probability(double weighted_sum) const;  // of weights . row
};

// Logistic regression with an L2 penalty. Both classes weigh the same however many rows they have,
// and the bias is the weight of an input that is always 1, penalised as the others (as liblinear
// has it: Fan et al., JMLR 2008). Rows have length one at most; is_positive has one flag a row,
// and both flags occur. Deterministic.
LogisticModel FitLogisticRegression(const AlignedMatrix& rows, const std::vector<bool>& is_positive,
                                    const LogisticRegressionOptions& options);

}  // namespace wordkin
