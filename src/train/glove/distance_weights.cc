#include "train/glove/distance_weights.h"

#include <numeric>

namespace wordkin::train {
namespace {

// 64 times the least common multiple of 1 to 16: a sum of 4e11 weights of 1 still fits 64 bits.
constexpr std::uint64_t kFinestUnit = std::uint64_t{64} * 720'720;

}  // namespace

DistanceWeights WeightsForWindow(int window_radius) {
  DistanceWeights result;
  std::uint64_t divisor = kFinestUnit;
  for (std::uint64_t distance = 1; distance <= static_cast<std::uint64_t>(window_radius);
       ++distance) {
    result.weights.push_back((kFinestUnit + distance / 2) / distance);
    divisor = std::gcd(divisor, result.weights.back());
  }
  // Small numbers take few bytes on disk: a window of 10 counts in 2520ths.
  for (std::uint64_t& weight : result.weights) weight /= divisor;
  result.unit = kFinestUnit / divisor;
  return result;
}

}  // namespace wordkin::train
