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
  // Where the copy of 'row' will have its values, once Fill has taken them from 'original'; counts
  // a visit of this weight.
  float* Visit(std::uint32_t row, std::uint8_t shards, float* original, float weight);
  // Counts so many visits more to every copy there is.
  void AddVisits(float visits);
  // Copies the values of all rows.
  void Fill();

  // Brings nearer what Find will need, soon after.
  void PrefetchFind(std::uint32_t row) const { __builtin_prefetch(&slots_[FirstSlotOf(row)]); }
  // The place in copies() of a row that has one.
  std::size_t Find(std::uint32_t row) const { return slots_[SlotOf(row)].place; }
  const float* Values(std::size_t place) const { return values_.data() + place * values_.stride(); }
  // In the order in which they were made.
  std::span<const Copy> copies() const { return copies_; }

 private:
  struct Slot {
    std::uint32_t row;
    std::uint32_t place;  // kFree: no row is here
  };
  static constexpr std::uint32_t kFree = 0xFFFFFFFF;

  std::size_t FirstSlotOf(std::uint32_t row) const;
  // The place of 'row' in the hash table, or the free one where it belongs.
  std::size_t SlotOf(std::uint32_t row) const;
  void MakeSlots(std::size_t slot_count);

  std::size_t dimension_;
  AlignedMatrix values_;  // by place in copies_
  std::vector<Copy> copies_;
  std::vector<Slot> slots_;  // open addressing, a power of two of them, half of them free
};

}  // namespace wordkin::train
