#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/store/vocabulary.h"

namespace wordkin::query {

// Which rows of a store may be answers.
class RowFilter {
 public:
  // All of them.
  explicit RowFilter(std::size_t row_count) : bits_((row_count + 63) / 64, ~std::uint64_t{0}) {}

  void Remove(WordId row) { bits_[row / 64] &= ~(std::uint64_t{1} << row % 64); }
  bool Allows(WordId row) const { return (bits_[row / 64] >> row % 64 & 1) != 0; }
  // Row i is bit i % 64 of word i / 64.
  std::span<const std::uint64_t> bits() const { return bits_; }

 private:
  std::vector<std::uint64_t> bits_;
};

}  // namespace wordkin::query
