#include "train/phrases/pair_counter.h"

#include <algorithm>
#include <array>

#include "common/support/parallel_for.h"
#include "train/corpus/id_sequence.h"

namespace wordkin::train {
namespace {

// As many tables, so that one fits a cache and threads never share one. They are chosen by the
// highest bits of the hash, slots by the lowest.
constexpr int kPartitionBits = 8;
constexpr std::size_t kPartitions = std::size_t{1} << kPartitionBits;
constexpr std::size_t kChunkIds = std::size_t{1} << 17;
constexpr std::size_t kFirstSlots = 1 << 8;

struct HashedPair {
  PairKey key;
  std::uint64_t hash;
};

// The pairs of a chunk of the corpus, dealt out to the tables.
using ChunkPairs = std::array<std::vector<HashedPair>, kPartitions>;

// 'begin' is the position of the chunk's first word; the pair that it ends counts to this chunk.
void DealPairs(std::span<const WordId> ids, std::size_t begin, std::size_t end,
               const std::vector<std::uint8_t>& eligible, ChunkPairs& pairs) {
  for (auto& part : pairs) part.clear();
  const auto is_eligible = [&](WordId id) { return id != kSentenceEnd && eligible[id] != 0; };
  bool before = begin > 0 && is_eligible(ids[begin - 1]);
  for (std::size_t i = begin; i < end; ++i) {
    const bool now = is_eligible(ids[i]);
    if (before && now) {
      const PairKey key = MakePairKey(ids[i - 1], ids[i]);
      const std::uint64_t hash = PairHash(key);
      pairs[hash >> (64 - kPartitionBits)].push_back({key, hash});
    }
    before = now;
  }
}

}  // namespace

PairTable::PairTable(std::uint64_t capacity)
    : capacity_(std::max<std::uint64_t>(capacity, 1)), slots_(kFirstSlots, Slot{0, 0}) {}

void PairTable::Add(PairKey key, std::uint64_t hash) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask; slots_[i].count != 0; i = (i + 1) & mask) {
    if (slots_[i].key != key) continue;
    ++slots_[i].count;
    return;
  }
  if (size_ == capacity_) DropRarest();
  if (2 * (size_ + 1) > slots_.size()) MakeRoom();
  Insert({key, 1});
}

void PairTable::Insert(const Slot& slot) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = PairHash(slot.key) & mask;
  while (slots_[i].count != 0) i = (i + 1) & mask;
  slots_[i] = slot;
  ++size_;
}

void PairTable::MakeRoom() {
  std::vector<Slot> old(2 * slots_.size(), Slot{0, 0});
  old.swap(slots_);
  size_ = 0;
  for (const Slot& slot : old) {
    if (slot.count != 0) Insert(slot);
  }
}

// Half at least, so that it is not done again at once.
void PairTable::DropRarest() {
  std::vector<Slot> kept;
  std::copy_if(slots_.begin(), slots_.end(), std::back_inserter(kept),
               [](const Slot& slot) { return slot.count != 0; });
  const std::uint64_t held = kept.size();
  std::vector<std::uint64_t> counts;
  for (const Slot& slot : kept) counts.push_back(slot.count);
  const auto middle = counts.begin() + static_cast<std::ptrdiff_t>((counts.size() - 1) / 2);
  std::nth_element(counts.begin(), middle, counts.end());
  const std::uint64_t highest_dropped = *middle;
  std::erase_if(kept, [&](const Slot& slot) { return slot.count <= highest_dropped; });
  dropped_pairs_ += held - kept.size();
  floor_ += highest_dropped;
  std::fill(slots_.begin(), slots_.end(), Slot{0, 0});
  size_ = 0;
  for (const Slot& slot : kept) Insert(slot);
}

AdjacentPairs CountAdjacentPairs(std::span<const WordId> ids,
                                 const std::vector<std::uint8_t>& eligible, std::uint64_t max_pairs,
                                 int thread_count, const PassProgress& progress,
                                 const std::atomic<bool>& stop) {
  AdjacentPairs counts;
  counts.partitions.assign(kPartitions, PairTable(max_pairs / kPartitions));
  const auto round_size = static_cast<std::size_t>(std::clamp(4 * thread_count, 4, 64));
  std::vector<ChunkPairs> chunks(round_size);
  for (std::size_t begin = 0; begin < ids.size() && !stop; begin += round_size * kChunkIds) {
    const std::size_t left = ids.size() - begin;
    const std::size_t chunk_count = std::min((left + kChunkIds - 1) / kChunkIds, round_size);
    ParallelFor(chunk_count, thread_count, [&](std::size_t i) {
      const std::size_t chunk_begin = begin + i * kChunkIds;
      DealPairs(ids, chunk_begin, std::min(chunk_begin + kChunkIds, ids.size()), eligible,
                chunks[i]);
    });
    // A table meets its pairs in corpus order, so that what it drops depends on nothing else.
    ParallelFor(kPartitions, thread_count, [&](std::size_t partition) {
      PairTable& table = counts.partitions[partition];
      for (std::size_t i = 0; i < chunk_count; ++i) {
        for (const HashedPair& pair : chunks[i][partition]) table.Add(pair.key, pair.hash);
      }
    });
    if (progress) {
      const std::size_t done = std::min(begin + round_size * kChunkIds, ids.size());
      progress(static_cast<double>(done) / static_cast<double>(ids.size()));
    }
  }
  for (const PairTable& table : counts.partitions) {
    counts.dropped_pairs += table.dropped_pairs();
    counts.largest_loss = std::max(counts.largest_loss, table.largest_loss());
  }
  return counts;
}

}  // namespace wordkin::train
