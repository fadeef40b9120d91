#include "contextual/encoder/linear.h"

#include <utility>

#include "contextual/encoder/parallel_rows.h"

namespace wordkin::contextual {

Linear::Linear(std::span<const float> weights, std::size_t inputs, std::span<const float> bias,
               EncoderPrecision precision)
    : inputs_(inputs), outputs_(weights.size() / inputs) {
  if (precision == EncoderPrecision::kFloat32) {
    matrix_.emplace(weights, inputs, bias);
  } else {
    quantized_.emplace(Quantize(weights, inputs, bias));
  }
}

Linear::Quantized Linear::Quantize(std::span<const float> weights, std::size_t inputs,
                                   std::span<const float> bias) {
  const float limit = HasExactInt8Products() ? 127.0f : 63.0f;
  const std::size_t outputs = weights.size() / inputs;
  std::vector<std::int8_t> bytes(weights.size());
  std::vector<float> scales(outputs);
  std::vector<std::int32_t> sums(outputs);
  QuantizeWeights(weights.data(), outputs, inputs, limit, bytes.data(), scales.data(), sums.data());
  return {Int8Matrix(bytes, inputs), std::move(scales), std::move(sums),
          std::vector<float>(bias.begin(), bias.end())};
}

void Linear::Apply(const float* input, std::size_t row_count, LinearScratch& scratch,
                   float* output) const {
  if (matrix_) return matrix_->Multiply(input, row_count, output);
  ApplyQuantized(input, row_count, scratch, false, output);
}

void Linear::ApplyAdding(const float* input, std::size_t row_count, LinearScratch& scratch,
                         float* output) const {
  if (matrix_) return matrix_->MultiplyAdd(input, row_count, output);
  ApplyQuantized(input, row_count, scratch, true, output);
}

void Linear::ApplyQuantized(const float* input, std::size_t row_count, LinearScratch& scratch,
                            bool adds, float* output) const {
  const std::size_t computed = ComputedRows(row_count);
  std::uint8_t* const rows = scratch.rows.Reserve(computed * inputs_);
  RowScale* const scales = scratch.scales.Reserve(computed);
  std::int32_t* const products = scratch.products.Reserve(computed * outputs_);
  ForRows(row_count, inputs_, [&](std::size_t begin, std::size_t end) {
    QuantizeRows(input + begin * inputs_, end - begin, inputs_, rows + begin * inputs_,
                 scales + begin);
  });
  quantized_->matrix.Multiply(rows, row_count, products);
  const ColumnScales columns = {quantized_->scales.data(), quantized_->sums.data(),
                                quantized_->bias.empty() ? nullptr : quantized_->bias.data()};
  ForRows(row_count, outputs_, [&](std::size_t begin, std::size_t end) {
    DequantizeProducts(products + begin * outputs_, end - begin, outputs_, scales + begin, columns,
                       adds, output + begin * outputs_);
  });
}

}  // namespace wordkin::contextual
