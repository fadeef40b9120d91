#include "train/prediction/lockstep_training.h"

#include <omp.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstring>
#include <exception>
#include <memory>
#include <mutex>
#include <vector>

#include "train/prediction/block_worker.h"
#include "train/prediction/row_copies.h"
#include "train/prediction/row_merging.h"

namespace wordkin::train {
namespace {

// Steps of a shard in a round. More would save waiting, but rows that all shards train at once
// would run further apart, and their changes, added up, overshoot.
constexpr std::size_t kStepsPerRound = 128;

// Which shards touch which row in the present round: a byte for each row and shard, set to the
// round's stamp, so that nothing is to be cleared but now and then.
class RowMarks {
 public:
  explicit RowMarks(std::size_t row_count) : stamps_(row_count * kShardCount) {}

  // By one thread, before the first round and after each.
  void BeginRound() {
    if (++stamp_ != 0) return;
    std::fill(stamps_.begin(), stamps_.end(), std::uint8_t{0});
    stamp_ = 1;
  }
  // Shards write bytes of their own: no lock is needed.
  void Mark(std::size_t row, std::size_t shard) { stamps_[row * kShardCount + shard] = stamp_; }
  // Bit s: shard s touches the row. When all have marked theirs.
  std::uint8_t ShardsOf(std::size_t row) const {
    static_assert(kShardCount == sizeof(std::uint64_t));
    static_assert(std::endian::native == std::endian::little);
    constexpr std::uint64_t kOnes = 0x0101010101010101u;
    std::uint64_t bytes;
    std::memcpy(&bytes, &stamps_[row * kShardCount], sizeof(bytes));
    // Bytes that equal the stamp become zero, and then the only ones without their high bit.
    const std::uint64_t difference = bytes ^ (kOnes * stamp_);
    const std::uint64_t low_seven = ~(kOnes << 7);
    const std::uint64_t not_equal = ((difference & low_seven) + low_seven) | difference;
    const std::uint64_t equal = (~not_equal >> 7) & kOnes;
    // Gathers the eight low bits in the highest byte.
    return static_cast<std::uint8_t>((equal * 0x0102040810204080u) >> 56);
  }

 private:
  std::vector<std::uint8_t> stamps_;
  std::uint8_t stamp_ = 0;
};

struct Shard {
  explicit Shard(const TrainingModel& model) : worker(model), copies(model.options().dimension) {}

  BlockWorker worker;
  RowCopies copies;
  bool has_steps = false;
};

class LockstepRun {
 public:
  LockstepRun(TrainingModel& model, const TrainingStretch& stretch, TrainingMonitor& monitor)
      : model_(model),
        stretch_(stretch),
        monitor_(monitor),
        input_count_(model.rows().input_count()),
        marks_(input_count_ + model.rows().outputs.row_count()) {
    for (auto& shard : shards_) shard = std::make_unique<Shard>(model);
  }

  std::uint64_t Run() {
    const std::uint64_t blocks_per_epoch = stretch_.schedule.blocks_per_epoch();
    std::uint64_t next = stretch_.begin;
    while (next < stretch_.end && !stretch_.pause()) {
      // Blocks side by side are of one epoch, so that runs may pause between epochs or not.
      const std::uint64_t left_in_epoch = blocks_per_epoch - next % blocks_per_epoch;
      const std::uint64_t count =
          std::min({std::uint64_t{kShardCount}, left_in_epoch, stretch_.end - next});
      TrainBlocks(next, count);
      next += count;
    }
    return next;
  }

 private:
  void TrainBlocks(std::uint64_t first, std::uint64_t count) {
    marks_.BeginRound();
#pragma omp parallel num_threads(model_.options().thread_count)
    {
      ForEachShard([&](std::size_t s) { Begin(s, first, count); });
      for (;;) {
        ForEachShard([&](std::size_t s) { DraftRound(s); });
        // Written above only, and again only after all have read it: behind the next barrier. So
        // all threads leave together, after a failure too.
        const bool is_last = std::none_of(shards_.begin(), shards_.end(),
                                          [](const auto& shard) { return shard->has_steps; });
        if (is_last) break;
        ForEachShard([&](std::size_t s) { TrainRound(s); });
#pragma omp single nowait
        marks_.BeginRound();
        ForEachShard([&](std::size_t s) { MergeRound(s); });
      }
    }
    if (failure_) std::rethrow_exception(failure_);
    for (std::uint64_t s = 0; s < count; ++s) {
      const Block block = stretch_.schedule.At(first + s);
      monitor_.AddBlock(block, shards_[s]->worker.loss(), model_.LearningRateAt(block));
    }
  }

  // Ends with a barrier. No exception may leave an OpenMP region: the first one is kept.
  template <class Body>
  void ForEachShard(const Body& body) {
#pragma omp for schedule(static)
    for (std::size_t shard = 0; shard < kShardCount; ++shard) {
      try {
        body(shard);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::current_exception();
        failed_ = true;
      }
    }
  }

  void Begin(std::size_t s, std::uint64_t first, std::uint64_t count) {
    if (s >= count) {
      shards_[s]->worker.Begin(stretch_.schedule.At(first), {}, 0);
      return;
    }
    const Block block = stretch_.schedule.At(first + s);
    // Shards draw negatives from different parts of the vocabulary, and so seldom share them.
    const std::size_t partition = (first / kShardCount + s) % model_.partition_count();
    shards_[s]->worker.Begin(block, stretch_.ids.subspan(block.begin, block.end - block.begin),
                             partition);
  }

  void DraftRound(std::size_t s) {
    Shard& shard = *shards_[s];
    shard.has_steps = false;
    if (failed_.load(std::memory_order_relaxed)) return;
    shard.has_steps = shard.worker.DraftNext(kStepsPerRound);
    for (const RowId id : shard.worker.draft().inputs) marks_.Mark(id, s);
    for (const RowId id : shard.worker.draft().weights) marks_.Mark(id, s);
    for (const RowId id : shard.worker.draft().outputs) marks_.Mark(input_count_ + id, s);
  }

  void TrainRound(std::size_t s) {
    if (failed_.load(std::memory_order_relaxed)) return;
    Shard& shard = *shards_[s];
    const Draft& draft = shard.worker.draft();
    DraftRows& rows = shard.worker.rows();
    shard.copies.Reset(draft.inputs.size() + draft.weights.size() + draft.outputs.size());
    if (draft.steps.empty()) return;
    const auto steps = static_cast<float>(draft.steps.size());
    const float outputs_met = static_cast<float>(draft.outputs.size()) / steps;
    const float inputs_met =
        model_.has_hidden_layer() ? 1 : static_cast<float>(draft.inputs.size()) / steps;
    const auto place = [&](const std::vector<RowId>& ids, std::size_t first_row, float visits,
                           const auto& row_of, std::vector<float*>& pointers) {
      pointers.resize(ids.size());
      for (std::size_t i = 0; i < ids.size(); ++i) {
        pointers[i] = Place(s, first_row + ids[i], row_of(ids[i]), visits);
      }
    };
    const auto input = [this](RowId id) { return model_.rows().Input(id); };
    const auto output = [this](RowId id) { return model_.rows().Output(id); };
    place(draft.inputs, 0, outputs_met, input, rows.inputs);
    place(draft.weights, 0, outputs_met, input, rows.weights);
    place(draft.outputs, input_count_, inputs_met, output, rows.outputs);
    rows.incoming.resize(draft.incoming.size());
    for (std::size_t i = 0; i < draft.incoming.size(); ++i) {
      rows.incoming[i] = model_.rows().Input(draft.incoming[i]);
    }
    shard.worker.Train();
  }

  float* Place(std::size_t s, std::size_t row, float* original, float visits) {
    const std::uint8_t shards = marks_.ShardsOf(row);
    if (shards == 1u << s) return original;
    return shards_[s]->copies.Visit(static_cast<std::uint32_t>(row), shards, original, visits);
  }

  // The first of the shards that share a row merges it. After a failure some have no copies.
  void MergeRound(std::size_t s) {
    if (failed_.load(std::memory_order_relaxed)) return;
    std::array<const float*, kShardCount> copies;
    const std::size_t stride = model_.rows().outputs.stride();
    const float learning_rate = shards_[s]->worker.learning_rate();
    for (const RowCopies::Copy& own : shards_[s]->copies.copies()) {
      if (std::countr_zero(own.shards) != static_cast<int>(s)) continue;
      std::size_t count = 0;
      float visits = 0;
      for (std::size_t other = s; other < kShardCount; ++other) {
        if ((own.shards >> other & 1) == 0) continue;
        const RowCopies::Copy& copy = shards_[other]->copies.Find(own.row);
        visits += copy.visits;
        copies[count++] = shards_[other]->copies.Values(copy);
      }
      const float share = ShareOfChanges(visits / static_cast<float>(count), count, learning_rate);
      MergeCopies(own.original, {copies.data(), count}, stride, share);
    }
  }

  TrainingModel& model_;
  const TrainingStretch& stretch_;
  TrainingMonitor& monitor_;
  std::size_t input_count_;
  RowMarks marks_;
  std::array<std::unique_ptr<Shard>, kShardCount> shards_;
  std::atomic<bool> failed_{false};
  std::mutex mutex_;  // guards failure_
  std::exception_ptr failure_;
};

}  // namespace

std::uint64_t TrainLockstep(TrainingModel& model, const TrainingStretch& stretch,
                            TrainingMonitor& monitor) {
  return LockstepRun(model, stretch, monitor).Run();
}

}  // namespace wordkin::train
