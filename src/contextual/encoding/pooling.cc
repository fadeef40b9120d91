#include "contextual/encoding/pooling.h"

#include <algorithm>

#include "common/math/vector_kernels.h"

namespace wordkin::contextual {
namespace {

void PoolMean(std::span<const float> states, std::size_t dimension, std::span<float> pooled) {
  std::ranges::fill(pooled, 0.0f);
  // Scaled before they are added: the sum of large values might be infinite, their mean is not.
  const float share = static_cast<float>(dimension) / static_cast<float>(states.size());
  for (std::size_t begin = 0; begin < states.size(); begin += dimension) {
    AddScaled(pooled, share, states.subspan(begin, dimension));
  }
}

void PoolMax(std::span<const float> states, std::size_t dimension, std::span<float> pooled) {
  std::ranges::copy(states.first(dimension), pooled.begin());
  for (std::size_t begin = dimension; begin < states.size(); begin += dimension) {
    for (std::size_t i = 0; i < dimension; ++i) pooled[i] = std::max(pooled[i], states[begin + i]);
  }
}

}  // namespace

std::string_view PoolingName(Pooling pooling) {
  switch (pooling) {
    case Pooling::kMean:
      return "mean";
    case Pooling::kCls:
      return "cls";
    case Pooling::kMax:
      return "max";
    case Pooling::kNone:
      break;
  }
  return "none";
}

void Pool(Pooling pooling, std::span<const float> states, std::size_t dimension,
          std::span<float> pooled) {
  switch (pooling) {
    case Pooling::kMean:
      return PoolMean(states, dimension, pooled);
    case Pooling::kMax:
      return PoolMax(states, dimension, pooled);
    case Pooling::kCls:
      std::ranges::copy(states.first(dimension), pooled.begin());
      return;
    case Pooling::kNone:
      std::ranges::copy(states, pooled.begin());
      return;
  }
}

}  // namespace wordkin::contextual
