#include "common/math/logistic_regression.h"

#include <algorithm>
#include <cmath>

namespace wordkin {
namespace {

double Sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// Accelerated gradient descent for strongly convex functions (Nesterov 2004, section 2.2): the
// penalty bounds the curvature below, rows of length one bound it above, so no step is searched.
class Regression {
 public:
  Regression(const AlignedMatrix& rows, const std::vector<bool>& is_positive, double penalty)
      : rows_(rows),
        is_positive_(is_positive),
        penalty_(penalty),
        weights_(rows.dimension() + 1),
        gradient_(rows.dimension() + 1) {
    const auto row_count = static_cast<double>(rows.row_count());
    const auto positives = static_cast<double>(std::ranges::count(is_positive, true));
    row_weight_[1] = row_count / (2 * positives);
    row_weight_[0] = row_count / (2 * (row_count - positives));
    // A loss curves by 1/4 at most, along an input of squared length 1 + 1; the weights of rows add
    // up to their number.
    most_curvature_ = penalty + row_count / 4 * 2;
  }

  void Fit(std::size_t most_rounds) {
    // The outcome goes to single precision.
    constexpr double kTolerance = 1e-6;
    const double ratio = std::sqrt(penalty_ / most_curvature_);
    const double momentum = (1 - ratio) / (1 + ratio);
    std::vector<double> ahead = weights_;
    for (std::size_t round = 0; round < most_rounds; ++round) {
      ComputeGradient(ahead);
      double squared_length = 0;
      for (std::size_t i = 0; i < ahead.size(); ++i) {
        const double next = ahead[i] - gradient_[i] / most_curvature_;
        ahead[i] = next + momentum * (next - weights_[i]);
        weights_[i] = next;
        squared_length += gradient_[i] * gradient_[i];
      }
      if (std::sqrt(squared_length) < kTolerance * penalty_) break;
    }
  }

  LogisticModel Model() const { return {{weights_.begin(), weights_.end() - 1}, weights_.back()}; }

 private:
  void ComputeGradient(const std::vector<double>& weights) {
    const std::size_t dimension = rows_.dimension();
    for (std::size_t i = 0; i < weights.size(); ++i) gradient_[i] = penalty_ * weights[i];
    for (std::size_t row = 0; row < rows_.row_count(); ++row) {
      const std::span<const float> values = rows_.Row(row);
      double sum = weights[dimension];
      for (std::size_t i = 0; i < dimension; ++i) sum += weights[i] * double{values[i]};
      const bool is_positive = is_positive_[row];
      const double slope = row_weight_[is_positive] * (Sigmoid(sum) - (is_positive ? 1 : 0));
      for (std::size_t i = 0; i < dimension; ++i) gradient_[i] += slope * double{values[i]};
      gradient_[dimension] += slope;
    }
  }

  const AlignedMatrix& rows_;
  const std::vector<bool>& is_positive_;
  double penalty_;
  double row_weight_[2];  // of a negative, a positive
  double most_curvature_;
  std::vector<double> weights_;  // the bias last
  std::vector<double> gradient_;
};

}  // namespace

double LogisticModel::Probability(double weighted_sum) const {
  return Sigmoid(weighted_sum + bias);
}

LogisticModel FitLogisticRegression(const AlignedMatrix& rows, const std::vector<bool>& is_positive,
                                    const LogisticRegressionOptions& options) {
  Regression regression(rows, is_positive, options.penalty);
  regression.Fit(options.most_rounds);
  return regression.Model();
}

}  // namespace wordkin
