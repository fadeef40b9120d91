#pragma once

#include <cstddef>

namespace wordkin::contextual {

// One head of one sequence. Row i of query, key and value begins at i * input_stride.
struct AttentionHead {
  const float* query;
  const float* key;
  const float* value;
  std::size_t input_stride;
  std::size_t length;  // tokens
  std::size_t dimension;
  float scale;
  bool is_causal;  // a token sees none behind itself
  // Added to the score of a query i and a key j: distance_bias[j - i]. nullptr: nothing.
  const float* distance_bias = nullptr;
};

// output row i (at i * output_stride) = sum of value rows, weighted by the softmax of
// scale * query_i key_j (Vaswani et al., arXiv 1706.03762, section 3.2). Dispatched to the
// instruction set in use. Takes scratch memory, and so may throw std::bad_alloc.
void Attend(const AttentionHead& head, float* output, std::size_t output_stride);

}  // namespace wordkin::contextual
