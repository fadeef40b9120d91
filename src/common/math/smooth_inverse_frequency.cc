#include "common/math/smooth_inverse_frequency.h"

#include <algorithm>
#include <numeric>

#include "common/math/vector_kernels.h"

namespace wordkin {
namespace {

// In double: the squares of small or large values are no float32.
double SumOfSquares(std::span<const float> row) {
  double sum = 0;
  for (const float value : row) sum += double{value} * double{value};
  return sum;
}

}  // namespace

std::vector<float> SmoothInverseFrequencies(std::span<const std::uint64_t> counts,
                                            double smoothing) {
  const double total =
      static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
  std::vector<float> weights;
  weights.reserve(counts.size());
  for (const std::uint64_t count : counts) {
    const double share = total > 0 ? static_cast<double>(count) / total : 0;
    weights.push_back(static_cast<float>(smoothing / (smoothing + share)));
  }
  return weights;
}

void TakeAwayDirection(std::span<const float> direction, std::span<float> row) {
  // Float32 rounds at 6e-8 of a value.
  constexpr double kRounding = 1e-6;
  const double squares_before = SumOfSquares(row);
  AddScaled(row, -Dot(row, direction), direction);
  if (SumOfSquares(row) <= kRounding * kRounding * squares_before) std::ranges::fill(row, 0.0f);
}

}  // namespace wordkin
