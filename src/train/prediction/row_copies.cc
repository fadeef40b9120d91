#include "train/prediction/row_copies.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "common/support/random.h"

namespace wordkin::train {

void RowCopies::Reset(std::size_t copy_count) {
  copies_.clear();
  // Pages that no copy is made in take no memory.
  if (values_.row_count() < copy_count) values_ = AlignedMatrix(2 * copy_count, dimension_);
  const std::size_t slot_count = std::bit_ceil(2 * copy_count + 1);
  slots_.assign(std::max(slot_count, slots_.size()), 0);
}

std::size_t RowCopies::SlotOf(std::uint32_t row) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = Random::Mix(row) & mask;
  while (slots_[slot] != 0 && copies_[slots_[slot] - 1].row != row) slot = (slot + 1) & mask;
  return slot;
}

float* RowCopies::Visit(std::uint32_t row, std::uint8_t shards, float* original, float weight) {
  const std::size_t slot = SlotOf(row);
  if (slots_[slot] != 0) {
    copies_[slots_[slot] - 1].visits += weight;
    return values_.data() + (slots_[slot] - 1) * values_.stride();
  }
  float* const values = values_.data() + copies_.size() * values_.stride();
  std::memcpy(values, original, values_.stride() * sizeof(float));
  copies_.push_back({row, shards, weight, original});
  slots_[slot] = static_cast<std::uint32_t>(copies_.size());
  return values;
}

}  // namespace wordkin::train
