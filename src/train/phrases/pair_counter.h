#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "common/store/vocabulary.h"

namespace wordkin::train {

// Two words that stand side by side, as one number.
using PairKey = std::uint64_t;
constexpr PairKey MakePairKey(WordId first, WordId second) { return PairKey{first} << 32 | second; }
constexpr WordId FirstOfPair(PairKey key) { return static_cast<WordId>(key >> 32); }
constexpr WordId SecondOfPair(PairKey key) { return static_cast<WordId>(key); }
// Spreads keys over all 64 bits.
constexpr std::uint64_t PairHash(PairKey key) {
  key *= 0x9E3779B97F4A7C15;
  key ^= key >> 32;
  return key * 0xD6E8FEB86659FD93;
}

// Counts of pairs, at most 'capacity' at once: when there are more, the rarest half is dropped.
class PairTable {
 public:
  struct Slot {
    PairKey key;
    std::uint64_t count;  // 0: free
  };

  explicit PairTable(std::uint64_t capacity);

  void Add(PairKey key, std::uint64_t hash);
  // Free ones among them.
  std::span<const Slot> slots() const { return slots_; }
  std::uint64_t dropped_pairs() const { return dropped_pairs_; }
  // No count is short by more than this.
  std::uint64_t largest_loss() const { return floor_; }

 private:
  void MakeRoom();
  void DropRarest();
  void Insert(const Slot& slot);

  std::uint64_t capacity_;
  std::uint64_t size_ = 0;
  std::uint64_t floor_ = 0;
  std::uint64_t dropped_pairs_ = 0;
  std::vector<Slot> slots_;  // open addressing, a power of two of them
};

struct AdjacentPairs {
  std::vector<PairTable> partitions;  // by hash
  std::uint64_t dropped_pairs = 0;
  std::uint64_t largest_loss = 0;
};

// Called between rounds by the calling thread: the part of the ids that is done, 0 to 1.
using PassProgress = std::function<void(double)>;

// Counts the pairs of 'ids' whose words are both 'eligible' (by id; not 0) and stand in one line.
// The same whatever the threads, and what is dropped too. Returns early when 'stop' becomes true.
AdjacentPairs CountAdjacentPairs(std::span<const WordId> ids,
                                 const std::vector<std::uint8_t>& eligible, std::uint64_t max_pairs,
                                 int thread_count, const PassProgress& progress,
                                 const std::atomic<bool>& stop);

}  // namespace wordkin::train
