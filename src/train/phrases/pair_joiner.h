#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "train/corpus/id_sequence.h"
#include "train/phrases/pair_counter.h"
#include "train/phrases/pair_scores.h"

namespace wordkin::train {

// Finds the pairs of a pass in a corpus.
class PairJoiner {
 public:
  // 'joined_ids' are those of the pairs' phrases; words have ids below 'word_count'.
  PairJoiner(std::span<const ScoredPair> pairs, std::span<const WordId> joined_ids,
             std::size_t word_count);

  // Moves 'from', sealed, to 'to' with its pairs joined, from the left in each line, a joined word
  // not joined again; seals 'to'. Gives 'from' back to the system as it goes. Returns how often
  // each pair was joined. The same whatever the threads. Returns early when 'stop' becomes true.
  std::vector<std::uint64_t> Join(IdSequence& from, IdSequence& to, int thread_count,
                                  const PassProgress& progress,
                                  const std::atomic<bool>& stop) const;

 private:
  struct Slot {
    PairKey key;
    std::uint32_t pair;  // kNone: free
  };
  struct JoinedChunk {
    std::vector<WordId> ids;
    std::vector<std::uint32_t> pairs;  // those joined, in order
  };
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  // The pair's number, or kNone.
  std::uint32_t Find(WordId first, WordId second) const;
  std::size_t NextCut(std::span<const WordId> ids, std::size_t position) const;
  void JoinChunk(std::span<const WordId> ids, JoinedChunk& chunk) const;

  std::span<const WordId> joined_ids_;
  std::vector<std::uint8_t> begins_pair_;  // by id
  std::vector<Slot> slots_;                // open addressing, a power of two of them
};

}  // namespace wordkin::train
