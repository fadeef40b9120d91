#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "common/support/atomic_file.h"

namespace wordkin {

// What a .npy file of a (row_count x dimension) float32 matrix begins with, version 1.0 of the
// format; of the same length whatever the numbers.
std::string NpyHeader(std::uint64_t row_count, std::size_t dimension);

// NumPy's .npy of a (rows x dimension) float32 matrix, version 1.0 of the format, written row by
// row; how many there are need not be known before.
class NpyWriter {
 public:
  // Writes a header into 'file', which is empty and outlives this. Throws kInputOutput.
  NpyWriter(AtomicFile& file, std::size_t dimension);

  // Whole rows.
  void Add(std::span<const float> rows);
  // Puts the number of rows into the header; the file is the caller's to commit.
  void Finish();

 private:
  AtomicFile& file_;
  std::size_t dimension_;
  std::uint64_t value_count_ = 0;
};

}  // namespace wordkin
