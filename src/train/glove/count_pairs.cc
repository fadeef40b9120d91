#include "train/glove/count_pairs.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "common/support/error.h"
#include "common/support/parallel_for.h"
#include "train/glove/count_rows.h"
#include "train/glove/distance_weights.h"
#include "train/glove/merge_counts.h"
#include "train/glove/position_index.h"
#include "train/glove/scratch_space.h"

namespace wordkin::train {
namespace {

using Clock = std::chrono::steady_clock;

// Rows that are counted, written and handed on together.
struct RowBatch {
  WordId begin;
  WordId end;
  std::uint64_t position_count;
};

constexpr std::uint64_t kPositionsPerBatch = 16'384;
constexpr WordId kRowsPerBatch = 4'096;
// A stretch of the corpus shorter than this is not worth a run of its own.
constexpr std::uint64_t kLeastSegment = 1 << 16;
// Of the memory, for positions; results take half at most, ids have their own share.
constexpr std::uint64_t kPositionShare = 8;

// The counts of one row at a time, all its contexts at hand.
class RowCounter {
 public:
  RowCounter(std::span<const WordId> ids, const DistanceWeights& weights, std::size_t word_count)
      : ids_(ids), weights_(weights), sums_(word_count + 1), contexts_(word_count + 1) {
    // The slot for all that is not counted must never look new.
    sums_.back() = 1;
  }

  // Adds what stands around 'place', if it is the row's word or a more frequent one: the rarer word
  // of a pair counts for both, and two of the same word count each other, as in the original.
  void Add(WordId row, std::uint64_t place) {
    const auto radius = static_cast<std::uint64_t>(weights_.weights.size());
    const std::uint64_t before = std::min(radius, place);
    const std::uint64_t after = std::min<std::uint64_t>(radius, ids_.size() - 1 - place);
    const WordId* const centre = ids_.data() + place;
    for (std::uint64_t distance = 1; distance <= before; ++distance) {
      const WordId context = *(centre - distance);
      if (context == kSentenceEnd) break;
      AddOne(row, context, distance);
    }
    for (std::uint64_t distance = 1; distance <= after; ++distance) {
      const WordId context = *(centre + distance);
      if (context == kSentenceEnd) break;
      AddOne(row, context, distance);
    }
  }

  // The counts of 'row' by context; begins anew.
  std::span<const PairCount> Take(WordId row) {
    pairs_.clear();
    // A walk over all sums is cheaper than sorting when many are there.
    if (contexts_found_ * 8 > row) {
      for (WordId context = 0; context <= row; ++context) {
        if (sums_[context] != 0) pairs_.push_back({context, std::exchange(sums_[context], 0)});
      }
    } else {
      std::sort(contexts_.begin(), contexts_.begin() + contexts_found_);
      for (std::size_t i = 0; i < contexts_found_; ++i) {
        pairs_.push_back({contexts_[i], std::exchange(sums_[contexts_[i]], 0)});
      }
    }
    contexts_found_ = 0;
    sums_.back() = 1;
    return pairs_;
  }

 private:
  // Without branches: which of two words is rarer cannot be foretold.
  void AddOne(WordId row, WordId context, std::uint64_t distance) {
    const std::size_t slot = context <= row ? context : sums_.size() - 1;
    contexts_[contexts_found_] = static_cast<WordId>(slot);
    contexts_found_ += sums_[slot] == 0;
    sums_[slot] += weights_.weights[distance - 1];
  }

  std::span<const WordId> ids_;
  const DistanceWeights& weights_;
  std::vector<std::uint64_t> sums_;  // by context, and one for what is not counted
  std::vector<WordId> contexts_;     // those whose sum is not zero, and room for one
  std::size_t contexts_found_ = 0;
  std::vector<PairCount> pairs_;
};

std::vector<RowBatch> CutIntoBatches(const PositionIndex& index, std::size_t word_count) {
  std::vector<RowBatch> batches;
  RowBatch batch{0, 0, 0};
  for (WordId word = 0; word < word_count; ++word) {
    batch.position_count += index.PositionsOf(word).size();
    batch.end = word + 1;
    if (batch.position_count >= kPositionsPerBatch || batch.end - batch.begin >= kRowsPerBatch ||
        batch.end == word_count) {
      batches.push_back(std::exchange(batch, {word + 1, word + 1, 0}));
    }
  }
  return batches;
}

// Puts blocks that threads finish in any order into their own order.
class BlocksInOrder {
 public:
  explicit BlocksInOrder(PairCountsBuilder& builder) : builder_(builder) {}

  void Add(std::size_t index, CountBlock block, std::vector<std::byte> bytes) {
    waiting_.emplace(index, std::pair(block, std::move(bytes)));
    while (!waiting_.empty() && waiting_.begin()->first == next_) {
      auto& [first, content] = waiting_.begin()->second;
      builder_.Append(first.first_row, first.pair_count, std::move(content));
      waiting_.erase(waiting_.begin());
      ++next_;
    }
  }

 private:
  PairCountsBuilder& builder_;
  std::size_t next_ = 0;
  std::map<std::size_t, std::pair<CountBlock, std::vector<std::byte>>> waiting_;
};

class Counting {
 public:
  Counting(std::span<const WordId> ids, std::size_t word_count, const GloveOptions& options,
           const CountingProgress& progress, const std::atomic<bool>& stop)
      : ids_(ids),
        word_count_(word_count),
        options_(options),
        progress_(progress),
        stop_(stop),
        weights_(WeightsForWindow(options.window_radius)) {}

  PairCounts Run() {
    const std::uint64_t segment_size = std::clamp<std::uint64_t>(
        options_.memory_bytes / kPositionShare / sizeof(std::uint32_t), kLeastSegment, 0xFFFFFFF0);
    std::vector<PairCounts> runs;
    std::uint64_t bytes_in_memory = 0;
    for (std::uint64_t begin = 0; begin < ids_.size() && !stop_.load(); begin += segment_size) {
      const std::uint64_t end = std::min<std::uint64_t>(ids_.size(), begin + segment_size);
      runs.push_back(CountSegment(begin, end, ResultMemory() - bytes_in_memory));
      bytes_in_memory = std::min(ResultMemory(), bytes_in_memory + runs.back().byte_count());
      if (begin == 0 && end < ids_.size()) CheckScratchSpace(runs.front(), segment_size);
    }
    if (runs.size() == 1) return std::move(runs.front());
    return MergeCounts(std::move(runs), word_count_, weights_.unit, ResultMemory(),
                       options_.scratch_folder, stop_);
  }

 private:
  // Of runs, and once more of what they are merged into.
  std::uint64_t ResultMemory() const { return options_.memory_bytes / 4; }

  PairCounts CountSegment(std::uint64_t begin, std::uint64_t end, std::uint64_t memory_bytes) {
    const PositionIndex index(ids_.subspan(begin, end - begin), word_count_, options_.thread_count);
    const std::vector<RowBatch> batches = CutIntoBatches(index, word_count_);
    PairCountsBuilder builder(word_count_, weights_.unit, memory_bytes, options_.scratch_folder);
    BlocksInOrder in_order(builder);
    std::mutex mutex;
    ParallelFor(options_.thread_count, options_.thread_count, [&](std::size_t) {
      RowCounter counter(ids_, weights_, word_count_);
      for (std::size_t i = TakeBatch(batches.size()); i < batches.size();
           i = TakeBatch(batches.size())) {
        CountBlock block{batches[i].begin, 0, {}};
        std::vector<std::byte> bytes;
        try {
          bytes = CountBatch(batches[i], index, begin, counter, block.pair_count);
          const std::lock_guard lock(mutex);
          in_order.Add(i, block, std::move(bytes));
          Report(batches[i].position_count);
        } catch (...) {
          next_batch_ = batches.size();
          throw;
        }
      }
    });
    next_batch_ = 0;
    return builder.Finish();
  }

  std::size_t TakeBatch(std::size_t batch_count) {
    return stop_.load(std::memory_order_relaxed) ? batch_count : next_batch_++;
  }

  std::vector<std::byte> CountBatch(const RowBatch& batch, const PositionIndex& index,
                                    std::uint64_t segment_begin, RowCounter& counter,
                                    std::uint64_t& pair_count) const {
    std::vector<std::byte> bytes;
    CountRowWriter writer(bytes, batch.begin);
    for (WordId row = batch.begin; row < batch.end; ++row) {
      const std::span<const std::uint32_t> positions = index.PositionsOf(row);
      for (std::size_t i = 0; i < positions.size(); ++i) {
        // Each place is a cache miss, known long before.
        constexpr std::size_t kAhead = 8;
        if (i + kAhead < positions.size()) {
          __builtin_prefetch(ids_.data() + segment_begin + positions[i + kAhead] - 8);
          __builtin_prefetch(ids_.data() + segment_begin + positions[i + kAhead] + 8);
        }
        counter.Add(row, segment_begin + positions[i]);
      }
      const std::span<const PairCount> pairs = counter.Take(row);
      writer.Append(row, pairs);
      pair_count += pairs.size();
    }
    return bytes;
  }

  // Later runs are like the first, and merging writes all of them once more.
  void CheckScratchSpace(const PairCounts& first, std::uint64_t segment_size) const {
    const std::uint64_t run_count = (ids_.size() + segment_size - 1) / segment_size;
    const std::uint64_t all = first.byte_count() * run_count;
    if (all <= ResultMemory()) return;
    RequireScratchSpace(options_.scratch_folder, 2 * (all - ResultMemory()),
                        "the counts of word pairs");
  }

  void Report(std::uint64_t position_count) {
    positions_done_ += position_count;
    const Clock::time_point now = Clock::now();
    if (!progress_ || now < last_report_ + std::chrono::milliseconds(166)) return;
    last_report_ = now;
    progress_(static_cast<double>(positions_done_) / static_cast<double>(ids_.size()));
  }

  std::span<const WordId> ids_;
  std::size_t word_count_;
  const GloveOptions& options_;
  const CountingProgress& progress_;
  const std::atomic<bool>& stop_;
  DistanceWeights weights_;
  std::atomic<std::size_t> next_batch_{0};
  std::uint64_t positions_done_ = 0;
  Clock::time_point last_report_ = Clock::now();
};

}  // namespace

std::uint64_t LeastCountingMemory(std::size_t word_count, const GloveOptions& options) {
  const std::uint64_t each_thread = sizeof(std::uint64_t) + 2 * sizeof(WordId);
  return kPositionShare * kLeastSegment * sizeof(std::uint32_t) +
         2 * word_count * (each_thread * static_cast<std::uint64_t>(options.thread_count) + 8);
}

PairCounts CountPairs(std::span<const WordId> ids, std::size_t word_count,
                      const GloveOptions& options, const CountingProgress& progress,
                      const std::atomic<bool>& stop) {
  CheckGloveOptions(options);
  return Counting(ids, word_count, options, progress, stop).Run();
}

}  // namespace wordkin::train
