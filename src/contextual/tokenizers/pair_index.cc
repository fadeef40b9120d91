#include "contextual/tokenizers/pair_index.h"

namespace wordkin::contextual {

PairIndex::PairIndex(std::size_t pair_count) : slots_(pair_count + pair_count / 2 + 2) {}

std::size_t PairIndex::SlotOf(std::int32_t left, std::int32_t right) const {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  std::uint64_t hash = static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32 |
                       static_cast<std::uint32_t>(right);
  hash = (hash ^ hash >> 29) * kMultiplier;
  hash = (hash ^ hash >> 32) * kMultiplier;
  auto slot = static_cast<std::size_t>(((hash >> 32) * slots_.size()) >> 32);
  while (slots_[slot].left != kFree && (slots_[slot].left != left || slots_[slot].right != right)) {
    slot = slot + 1 == slots_.size() ? 0 : slot + 1;
  }
  return slot;
}

bool PairIndex::Insert(std::int32_t left, std::int32_t right, Merge merge) {
  Slot& slot = slots_[SlotOf(left, right)];
  if (slot.left != kFree) return false;
  slot = {left, right, merge};
  return true;
}

std::optional<Merge> PairIndex::Find(std::int32_t left, std::int32_t right) const {
  const Slot& slot = slots_[SlotOf(left, right)];
  if (slot.left == kFree) return std::nullopt;
  return slot.merge;
}

}  // namespace wordkin::contextual
