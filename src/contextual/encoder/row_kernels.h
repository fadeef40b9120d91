#pragma once

#include <cstddef>
#include <cstdint>

namespace wordkin::contextual {

// Kernels over rows of a tile that lie close behind one another, dispatched to the instruction set
// in use. Input and output may be the same memory, but not overlap otherwise. Norms and activations
// keep NaN, and a row whose norm cannot be computed in float32 becomes NaN.

enum class Activation {
  kGelu,      // x Phi(x) (Hendrycks and Gimpel, arXiv 1606.08415)
  kGeluTanh,  // its approximation by tanh: GPT-2's "gelu_new"
  kRelu,
};

// (x - mean) / sqrt(variance + epsilon) * gain + bias, row by row (Ba et al., arXiv 1607.06450).
// 'gain' and 'bias' have 'dimension' values.
void NormalizeLayer(const float* input, std::size_t row_count, std::size_t dimension,
                    const float* gain, const float* bias, float epsilon, float* output);

// x / sqrt(mean of squares + epsilon) * gain (Zhang and Sennrich, arXiv 1910.07467).
void NormalizeRootMeanSquare(const float* input, std::size_t row_count, std::size_t dimension,
                             const float* gain, float epsilon, float* output);

void Activate(Activation activation, float* values, std::size_t count);

// values *= factors
void MultiplyBy(float* values, const float* factors, std::size_t count);

// A row in 8 bits: value = (byte - zero) * scale.
struct RowScale {
  float scale;
  std::int32_t zero;
};

void QuantizeRows(const float* input, std::size_t row_count, std::size_t dimension,
                  std::uint8_t* output, RowScale* scales);

// The same for rows of weights, with zero at 0 and bytes of -limit to limit: value = byte * scale;
// 'sums' are those of the rows' bytes.
void QuantizeWeights(const float* weights, std::size_t row_count, std::size_t dimension,
                     float limit, std::int8_t* output, float* scales, std::int32_t* sums);

// What turns products of quantised rows back into floats; each of 'dimension' values.
struct ColumnScales {
  const float* scales;
  const std::int32_t* sums;  // of the weights of a column
  const float* bias;         // or nullptr
};

// output = (product - zero * sum) * row scale * column scale + bias; adds to what is there if
// asked.
void DequantizeProducts(const std::int32_t* products, std::size_t row_count, std::size_t dimension,
                        const RowScale* rows, const ColumnScales& columns, bool adds,
                        float* output);

}  // namespace wordkin::contextual
