#include "query/evaluation/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace wordkin::query {
namespace {

// Two-sided 95 % quantile of the normal distribution.
constexpr double kQuantile = 1.959963984540054;
constexpr std::size_t kFewestPairs = 3;

double Mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double PearsonCorrelation(std::span<const double> a, std::span<const double> b) {
  const double mean_a = Mean(a);
  const double mean_b = Mean(b);
  double product = 0;
  double square_a = 0;
  double square_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    product += (a[i] - mean_a) * (b[i] - mean_b);
    square_a += (a[i] - mean_a) * (a[i] - mean_a);
    square_b += (b[i] - mean_b) * (b[i] - mean_b);
  }
  if (square_a == 0 || square_b == 0) return std::numeric_limits<double>::quiet_NaN();
  return std::clamp(product / std::sqrt(square_a * square_b), -1.0, 1.0);
}

}  // namespace

Interval WilsonInterval(std::size_t successes, std::size_t trials) {
  if (trials == 0) return {0, 1};
  const double n = static_cast<double>(trials);
  const double proportion = static_cast<double>(successes) / n;
  const double square = kQuantile * kQuantile;
  const double center = (proportion + square / (2 * n)) / (1 + square / n);
  const double margin = kQuantile *
                        std::sqrt(proportion * (1 - proportion) / n + square / (4 * n * n)) /
                        (1 + square / n);
  return {std::max(center - margin, 0.0), std::min(center + margin, 1.0)};
}

std::vector<double> Ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last + 1 < order.size() && values[order[last + 1]] == values[order[first]]) ++last;
    const double mean_rank = static_cast<double>(first + last) / 2 + 1;
    for (std::size_t i = first; i <= last; ++i) ranks[order[i]] = mean_rank;
    first = last + 1;
  }
  return ranks;
}

double SpearmanCorrelation(std::span<const double> a, std::span<const double> b) {
  const bool comparable =
      std::none_of(a.begin(), a.end(), [](double x) { return std::isnan(x); }) &&
      std::none_of(b.begin(), b.end(), [](double x) { return std::isnan(x); });
  if (a.size() < kFewestPairs || a.size() != b.size() || !comparable) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return PearsonCorrelation(Ranks(a), Ranks(b));
}

Interval SpearmanInterval(double correlation, std::size_t pair_count) {
  if (std::isnan(correlation) || pair_count <= kFewestPairs) return {-1, 1};
  const double margin =
      kQuantile * std::sqrt(1.06 / static_cast<double>(pair_count - kFewestPairs));
  const double transformed = std::atanh(correlation);
  return {std::tanh(transformed - margin), std::tanh(transformed + margin)};
}

}  // namespace wordkin::query
