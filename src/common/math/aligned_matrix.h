#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "common/support/round_up.h"

namespace wordkin {

// (row_count x dimension) float32, zero at first; every row starts on a 64-byte boundary and is
// padded with zeros to a multiple of 16 floats. Lives in huge pages where the system grants them.
// Movable, not copyable.
class AlignedMatrix {
 public:
  static constexpr std::size_t kFloatsPerLine = 16;

  // What a matrix takes.
  static constexpr std::uint64_t ByteCount(std::uint64_t row_count, std::size_t dimension) {
    return row_count * RoundUp(dimension, kFloatsPerLine) * sizeof(float);
  }

  AlignedMatrix() = default;
  // Throws kInputOutput when the memory cannot be had, naming the size asked for.
  AlignedMatrix(std::size_t row_count, std::size_t dimension);
  ~AlignedMatrix();
  AlignedMatrix(AlignedMatrix&& other) noexcept;
  AlignedMatrix& operator=(AlignedMatrix&& other) noexcept;

  std::size_t row_count() const { return row_count_; }
  std::size_t dimension() const { return dimension_; }
  // Floats from one row to the next.
  std::size_t stride() const { return stride_; }

  // Gives up the rows from 'row' on, which is at most row_count(); their memory stays.
  void DropRowsFrom(std::size_t row) { row_count_ = row; }

  float* data() { return data_; }
  const float* data() const { return data_; }
  std::span<float> Row(std::size_t row) { return {data_ + row * stride_, dimension_}; }
  std::span<const float> Row(std::size_t row) const { return {data_ + row * stride_, dimension_}; }

 private:
  std::size_t row_count_ = 0;
  std::size_t dimension_ = 0;
  std::size_t stride_ = 0;
  float* data_ = nullptr;
  void* base_ = nullptr;  // of the mapping that holds data_
  std::size_t mapped_bytes_ = 0;
};

// Brings a row of 'stride' floats nearer, for soon.
inline void PrefetchRow(const float* row, std::size_t stride) {
  for (std::size_t column = 0; column < stride; column += AlignedMatrix::kFloatsPerLine) {
    __builtin_prefetch(row + column);
  }
}

}  // namespace wordkin
