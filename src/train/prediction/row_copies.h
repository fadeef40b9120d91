#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/math/aligned_matrix.h"

namespace wordkin::train {

// A shard's own copies of rows that it shares with others in a round, found by a number that names
// the row among all.
class RowCopies {
 public:
  struct Copy {
    std::uint32_t row;
    std::uint8_t shards;  // bit s: shard s has a copy too
    float visits;         // in the round, by this shard
    float* original;
  };

  explicit RowCopies(std::size_t dimension) : dimension_(dimension) {}

  // Forgets all copies and makes room for 'copy_count'; pointers handed out before are void.
  void Reset(std::size_t copy_count);
  // The values of the copy of 'row', made from 'original' when there is none yet; counts a visit
  // of this weight.
  float* Visit(std::uint32_t row, std::uint8_t shards, float* original, float weight);
  // The copy of a row that has one, and its values.
  const Copy& Find(std::uint32_t row) const { return copies_[slots_[SlotOf(row)] - 1]; }
  const float* Values(const Copy& copy) const {
    return values_.data() + (&copy - copies_.data()) * values_.stride();
  }
  // In the order in which they were made.
  std::span<const Copy> copies() const { return copies_; }

 private:
  // The place of 'row' in the hash table, or the free one where it belongs.
  std::size_t SlotOf(std::uint32_t row) const;

  std::size_t dimension_;
  AlignedMatrix values_;  // by place in copies_
  std::vector<Copy> copies_;
  std::vector<std::uint32_t> slots_;  // place in copies_ + 1; 0: free. A power of two of them
};

}  // namespace wordkin::train
