#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace wordkin::contextual {

// Products of rows with a matrix that is packed once, by oneDNN. The library is loaded when the
// first matrix is packed, so that commands that encode nothing do not pay for it. Thread-safe to
// run; each product uses the threads that OpenMP would give its caller.

// Rows that a product really computes for 'row_count': oneDNN compiles code for each number of
// rows, so there are few of them. Inputs and outputs have room for so many; what lies in the rows
// beyond 'row_count' does not matter.
std::size_t ComputedRows(std::size_t row_count);

// Whether 8-bit products add up without overflow, or weights must keep to 7 bits
// (processors without VNNI add pairs in 16 bits).
bool HasExactInt8Products();

class FloatMatrix {
 public:
  // 'weights' (outputs x inputs), 'bias' of 'outputs' values or empty. Throws kInputOutput when
  // oneDNN cannot be loaded.
  FloatMatrix(std::span<const float> weights, std::size_t inputs, std::span<const float> bias);
  ~FloatMatrix();
  FloatMatrix(FloatMatrix&&) noexcept;
  FloatMatrix& operator=(FloatMatrix&&) noexcept;

  // output (rows x outputs) = input (rows x inputs) * weights' + bias
  void Multiply(const float* input, std::size_t row_count, float* output) const;
  // output += input * weights' + bias
  void MultiplyAdd(const float* input, std::size_t row_count, float* output) const;

 private:
  struct Packed;
  std::unique_ptr<Packed> packed_;
};

class Int8Matrix {
 public:
  // 'weights' (outputs x inputs).
  Int8Matrix(std::span<const std::int8_t> weights, std::size_t inputs);
  ~Int8Matrix();
  Int8Matrix(Int8Matrix&&) noexcept;
  Int8Matrix& operator=(Int8Matrix&&) noexcept;

  // output (rows x outputs) = input (rows x inputs) * weights'
  void Multiply(const std::uint8_t* input, std::size_t row_count, std::int32_t* output) const;

 private:
  struct Packed;
  std::unique_ptr<Packed> packed_;
};

}  // namespace wordkin::contextual
