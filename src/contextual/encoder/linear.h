#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "contextual/encoder/matrix_product.h"
#include "contextual/encoder/row_kernels.h"
#include "contextual/encoder/tile_buffer.h"

namespace wordkin::contextual {

enum class EncoderPrecision {
  kFloat32,
  // Weights in 8 bits with a scale an output, rows in 8 bits with a scale and a zero a row.
  kInt8,
};

// Memory that 8-bit products need while they run; one a thread.
struct LinearScratch {
  TileBuffer<std::uint8_t> rows;
  TileBuffer<RowScale> scales;
  TileBuffer<std::int32_t> products;
};

// A linear layer: input (rows x inputs) -> input * weights' + bias (rows x outputs). Immutable and
// thread-safe. Buffers have room for ComputedRows(row_count) rows.
class Linear {
 public:
  // Inputs of an 8-bit layer, so that the largest sum of its products fits 32 bits.
  static constexpr std::size_t kMostInt8Inputs = 0x7FFFFFFF / (255 * 127);

  // 'weights' (outputs x inputs), 'bias' of 'outputs' values or empty. 'inputs' is at most
  // kMostInt8Inputs for kInt8.
  Linear(std::span<const float> weights, std::size_t inputs, std::span<const float> bias,
         EncoderPrecision precision);

  std::size_t inputs() const { return inputs_; }
  std::size_t outputs() const { return outputs_; }

  void Apply(const float* input, std::size_t row_count, LinearScratch& scratch,
             float* output) const;
  // Adds to what 'output' holds.
  void ApplyAdding(const float* input, std::size_t row_count, LinearScratch& scratch,
                   float* output) const;

 private:
  struct Quantized {
    Int8Matrix matrix;
    std::vector<float> scales;
    std::vector<std::int32_t> sums;
    std::vector<float> bias;
  };
  static Quantized Quantize(std::span<const float> weights, std::size_t inputs,
                            std::span<const float> bias);
  void ApplyQuantized(const float* input, std::size_t row_count, LinearScratch& scratch, bool adds,
                      float* output) const;

  std::size_t inputs_;
  std::size_t outputs_;
  std::optional<FloatMatrix> matrix_;  // this or the other
  std::optional<Quantized> quantized_;
};

}  // namespace wordkin::contextual
