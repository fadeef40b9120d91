#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace wordkin::contextual {

// What two neighbouring pieces become; the merge with the lowest rank is done first.
struct Merge {
  std::int32_t rank;
  std::int32_t merged;
};

// The merges of byte-pair encoding by the pair that they merge.
class PairIndex {
 public:
  // Room for 'pair_count' of them.
  explicit PairIndex(std::size_t pair_count);

  // False when the pair has a merge already.
  bool Insert(std::int32_t left, std::int32_t right, Merge merge);
  std::optional<Merge> Find(std::int32_t left, std::int32_t right) const;

 private:
  static constexpr std::int32_t kFree = -1;
  struct Slot {
    std::int32_t left = kFree;
    std::int32_t right = kFree;
    Merge merge = {};
  };

  // Of the pair, or the free one where it belongs.
  std::size_t SlotOf(std::int32_t left, std::int32_t right) const;

  std::vector<Slot> slots_;  // two thirds full at most
};

}  // namespace wordkin::contextual
