#include "train/phrases/pair_joiner.h"

#include <algorithm>
#include <bit>

#include "common/support/parallel_for.h"

namespace wordkin::train {
namespace {

constexpr std::size_t kChunkIds = std::size_t{1} << 17;

}  // namespace

PairJoiner::PairJoiner(std::span<const ScoredPair> pairs, std::span<const WordId> joined_ids,
                       std::size_t word_count)
    : joined_ids_(joined_ids),
      begins_pair_(word_count, 0),
      slots_(std::bit_ceil(2 * pairs.size() + 2), Slot{0, kNone}) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    const PairKey key = pairs[pair].key;
    std::size_t i = PairHash(key) & mask;
    while (slots_[i].pair != kNone) i = (i + 1) & mask;
    slots_[i] = {key, static_cast<std::uint32_t>(pair)};
    begins_pair_[FirstOfPair(key)] = 1;
  }
}

std::uint32_t PairJoiner::Find(WordId first, WordId second) const {
  if (first == kSentenceEnd || second == kSentenceEnd || begins_pair_[first] == 0) return kNone;
  const PairKey key = MakePairKey(first, second);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = PairHash(key) & mask; slots_[i].pair != kNone; i = (i + 1) & mask) {
    if (slots_[i].key == key) return slots_[i].pair;
  }
  return kNone;
}

// The first position from 'position' on where no pair crosses: what is joined before it does not
// depend on what comes after, nor the other way.
std::size_t PairJoiner::NextCut(std::span<const WordId> ids, std::size_t position) const {
  while (position < ids.size() && Find(ids[position - 1], ids[position]) != kNone) ++position;
  return std::min(position, ids.size());
}

void PairJoiner::JoinChunk(std::span<const WordId> ids, JoinedChunk& chunk) const {
  chunk.ids.clear();
  chunk.pairs.clear();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::uint32_t pair = i + 1 < ids.size() ? Find(ids[i], ids[i + 1]) : kNone;
    if (pair == kNone) {
      chunk.ids.push_back(ids[i]);
      continue;
    }
    chunk.ids.push_back(joined_ids_[pair]);
    chunk.pairs.push_back(pair);
    ++i;
  }
}

std::vector<std::uint64_t> PairJoiner::Join(IdSequence& from, IdSequence& to, int thread_count,
                                            const PassProgress& progress,
                                            const std::atomic<bool>& stop) const {
  const std::span<const WordId> ids = from.ids();
  const auto round_size = static_cast<std::size_t>(std::clamp(4 * thread_count, 4, 64));
  std::vector<std::uint64_t> joined(joined_ids_.size(), 0);
  std::vector<JoinedChunk> chunks(round_size);
  std::vector<std::size_t> cuts;
  for (std::size_t begin = 0; begin < ids.size() && !stop; begin = cuts.back()) {
    cuts.assign(1, begin);
    while (cuts.size() <= round_size && cuts.back() < ids.size()) {
      cuts.push_back(NextCut(ids, cuts.back() + kChunkIds));
    }
    ParallelFor(cuts.size() - 1, thread_count, [&](std::size_t i) {
      JoinChunk(ids.subspan(cuts[i], cuts[i + 1] - cuts[i]), chunks[i]);
    });
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      to.Append(chunks[i].ids);
      for (const std::uint32_t pair : chunks[i].pairs) ++joined[pair];
    }
    from.DiscardFront(cuts.back() - 1);
    if (progress) progress(static_cast<double>(cuts.back()) / static_cast<double>(ids.size()));
  }
  to.Seal();
  return joined;
}

}  // namespace wordkin::train
