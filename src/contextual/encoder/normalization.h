#pragma once

#include <cstddef>
#include <vector>

#include "contextual/encoder/row_kernels.h"

namespace wordkin::contextual {

// A layer norm, or a root mean square norm where 'bias' is empty.
struct Normalization {
  std::vector<float> gain;
  std::vector<float> bias;
  float epsilon = 1e-5f;

  // output may be input; both (rows x gain.size()).
  void Apply(const float* input, std::size_t row_count, float* output) const {
    if (bias.empty()) {
      NormalizeRootMeanSquare(input, row_count, gain.size(), gain.data(), epsilon, output);
    } else {
      NormalizeLayer(input, row_count, gain.size(), gain.data(), bias.data(), epsilon, output);
    }
  }
};

}  // namespace wordkin::contextual
