#include "common/math/logistic_regression.h"

#include <gtest/gtest.h>

#include <cmath>

#include "common/math/vector_kernels.h"
#include "common/support/random.h"

namespace wordkin {
namespace {

// w solves w = 2 / (1 + e^w) for rows +1 and -1, by fixed-point iteration that halves its error.
TEST(LogisticRegression, SolvesTheEquationOfTwoRows) {
  AlignedMatrix rows(2, 1);
  rows.Row(0)[0] = 1;
  rows.Row(1)[0] = -1;
  double weight = 0;
  for (int i = 0; i < 200; ++i) weight = (weight + 2 / (1 + std::exp(weight))) / 2;
  const LogisticModel model = FitLogisticRegression(rows, {true, false}, {.penalty = 1});
  EXPECT_NEAR(model.weights[0], weight, 1e-5);
  EXPECT_NEAR(model.bias, 0, 1e-6);
  EXPECT_NEAR(model.Probability(weight), 1 / (1 + std::exp(-weight)), 1e-5);
}

// The sum of weighted losses and the penalty, word for word.
double Objective(const AlignedMatrix& rows, const std::vector<bool>& is_positive,
                 const std::vector<double>& weights, double bias, double penalty) {
  double positives = 0;
  for (const bool flag : is_positive) positives += flag;
  const auto count = static_cast<double>(is_positive.size());
  double sum = penalty / 2 * bias * bias;
  for (const double weight : weights) sum += penalty / 2 * weight * weight;
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    double logit = bias;
    for (std::size_t i = 0; i < weights.size(); ++i) logit += weights[i] * rows.Row(row)[i];
    const double of_class = is_positive[row] ? positives : count - positives;
    sum += count / (2 * of_class) * std::log1p(std::exp(is_positive[row] ? -logit : logit));
  }
  return sum;
}

TEST(LogisticRegression, FindsTheLeastOfTheObjective) {
  Random random(3);
  AlignedMatrix rows(60, 7);
  std::vector<bool> is_positive;
  for (std::size_t row = 0; row < 60; ++row) {
    for (float& value : rows.Row(row)) value = random.NextFloat() - 0.4f;
    is_positive.push_back(row % 4 == 0);
    rows.Row(row)[2] += is_positive.back() ? 0.6f : 0.0f;
    Normalize(rows.Row(row));
  }
  const double penalty = 0.3;
  const LogisticModel model = FitLogisticRegression(rows, is_positive, {.penalty = penalty});
  std::vector<double> weights(model.weights.begin(), model.weights.end());
  const double least = Objective(rows, is_positive, weights, model.bias, penalty);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    for (const double step : {-1e-2, 1e-2}) {
      weights[i] += step;
      EXPECT_GT(Objective(rows, is_positive, weights, model.bias, penalty), least);
      weights[i] -= step;
    }
  }
  EXPECT_GT(Objective(rows, is_positive, weights, model.bias + 1e-2, penalty), least);
  EXPECT_GT(Objective(rows, is_positive, weights, model.bias - 1e-2, penalty), least);
  EXPECT_GT(weights[2], 0.5);
}

}  // namespace
}  // namespace wordkin
