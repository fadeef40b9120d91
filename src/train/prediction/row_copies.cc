#include "train/prediction/row_copies.h"

#include <algorithm>
#include <cstring>

#include "common/support/random.h"

namespace wordkin::train {
namespace {

constexpr std::size_t kFewestSlots = 1024;
// Originals are fetched so many rows ahead.
constexpr std::size_t kPrefetchedRows = 4;

}  // namespace

void RowCopies::Reset(std::size_t copy_count) {
  copies_.clear();
  // Pages that no copy is made in take no memory.
  if (values_.row_count() < copy_count) values_ = AlignedMatrix(2 * copy_count, dimension_);
  MakeSlots(std::max(slots_.size(), kFewestSlots));
}

void RowCopies::MakeSlots(std::size_t slot_count) {
  slots_.assign(slot_count, {0, kFree});
  for (std::size_t place = 0; place < copies_.size(); ++place) {
    const std::uint32_t row = copies_[place].row;
    slots_[SlotOf(row)] = {row, static_cast<std::uint32_t>(place)};
  }
}

std::size_t RowCopies::FirstSlotOf(std::uint32_t row) const {
  return Random::Mix(row) & (slots_.size() - 1);
}

std::size_t RowCopies::SlotOf(std::uint32_t row) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = FirstSlotOf(row);
  while (slots_[slot].place != kFree && slots_[slot].row != row) slot = (slot + 1) & mask;
  return slot;
}

float* RowCopies::Visit(std::uint32_t row, std::uint8_t shards, float* original, float weight) {
  std::size_t slot = SlotOf(row);
  if (slots_[slot].place == kFree) {
    if (2 * (copies_.size() + 1) > slots_.size()) {
      MakeSlots(2 * slots_.size());
      slot = SlotOf(row);
    }
    slots_[slot] = {row, static_cast<std::uint32_t>(copies_.size())};
    copies_.push_back({row, shards, 0, original});
  }
  const std::size_t place = slots_[slot].place;
  copies_[place].visits += weight;
  return values_.data() + place * values_.stride();
}

void RowCopies::AddVisits(float visits) {
  for (Copy& copy : copies_) copy.visits += visits;
}

void RowCopies::Fill() {
  const std::size_t stride = values_.stride();
  for (std::size_t i = 0; i < copies_.size(); ++i) {
    const std::size_t coming = std::min(i + kPrefetchedRows, copies_.size() - 1);
    PrefetchRow(copies_[coming].original, stride);
    std::memcpy(values_.data() + i * stride, copies_[i].original, stride * sizeof(float));
  }
}

}  // namespace wordkin::train
