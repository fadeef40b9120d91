#include "train/prediction/lockstep_training.h"

#include <omp.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>

#include "common/support/first_failure.h"
#include "train/prediction/block_worker.h"
#include "train/prediction/row_copies.h"
#include "train/prediction/row_merging.h"
#include "train/prediction/spin_barrier.h"

namespace wordkin::train {
namespace {

// What is soon needed is fetched so far ahead.
constexpr std::size_t kMarksAhead = 16;
constexpr std::size_t kRowsAhead = 8;

// Which shards touch which row in the present round: a byte for each row and shard, set to the
// round's stamp, so that nothing is to be cleared but now and then.
class RowMarks {
 public:
  explicit RowMarks(std::size_t row_count) : stamps_(row_count * kShardCount) {}

  // By one thread, before shards mark the rows of the next round.
  void BeginRound() {
    if (++stamp_ != 0) return;
    std::fill(stamps_.begin(), stamps_.end(), std::uint8_t{0});
    stamp_ = 1;
  }
  // Shards write bytes of their own: no lock is needed.
  void Mark(std::size_t row, std::size_t shard) { stamps_[row * kShardCount + shard] = stamp_; }
  void Prefetch(std::size_t row) const { __builtin_prefetch(&stamps_[row * kShardCount]); }
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

// With how many other steps of its shard a step shares an input row, in the mean over its rows and
// over steps. 'copies' are those of the 'input_count' inputs, whose visits were counted as
// 'weight'.
float OthersAtARow(std::span<const RowCopies::Copy> copies, std::size_t input_count, float weight) {
  float others = 0;
  for (const RowCopies::Copy& copy : copies) {
    const float visits = copy.visits / weight;
    others += visits * (visits - 1);
  }
  return others / static_cast<float>(input_count);
}

struct Shard {
  explicit Shard(const TrainingModel& model) : worker(model), copies(model.options().dimension) {}

  BlockWorker worker;
  RowCopies copies;
  std::vector<const RowCopies::Copy*> merged;  // by this shard, in the present round
  bool has_steps = false;
};

class LockstepRun {
 public:
  LockstepRun(TrainingModel& model, const TrainingStretch& stretch, TrainingMonitor& monitor)
      : model_(model),
        stretch_(stretch),
        monitor_(monitor),
        input_count_(model.rows().input_count()),
        stride_(model.rows().outputs.stride()),
        steps_per_round_(StepsPerRound(model.options())),
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
    std::optional<SpinBarrier> barrier;
#pragma omp parallel num_threads(model_.options().thread_count)
    {
#pragma omp single
      barrier.emplace(omp_get_num_threads());
      ForEachShardOfThread([&](std::size_t s) {
        Begin(s, first, count);
        DraftRound(s, 0);
      });
      barrier->Wait();
      // All threads find the same here: it is written only behind the next two barriers.
      for (std::size_t round = 1; HasSteps(); ++round) {
        ForEachShardOfThread([&](std::size_t s) { TrainRound(s); });
        barrier->Wait([this] { marks_.BeginRound(); });
        ForEachShardOfThread([&](std::size_t s) {
          shards_[s]->has_steps = false;
          if (failure_.happened()) return;
          MergeRound(s);
          DraftRound(s, round);
        });
        barrier->Wait();
      }
    }
    failure_.Rethrow();
    for (std::uint64_t s = 0; s < count; ++s) {
      const Block block = stretch_.schedule.At(first + s);
      monitor_.AddBlock(block, shards_[s]->worker.loss(), model_.LearningRateAt(block));
    }
  }

  bool HasSteps() const {
    return std::ranges::any_of(shards_, [](const auto& shard) { return shard->has_steps; });
  }

  template <class Body>
  void ForEachShardOfThread(const Body& body) {
    const auto thread = static_cast<std::size_t>(omp_get_thread_num());
    const auto thread_count = static_cast<std::size_t>(omp_get_num_threads());
    for (std::size_t shard = thread; shard < kShardCount; shard += thread_count) {
      try {
        body(shard);
      } catch (...) {
        failure_.Keep();
      }
    }
  }

  void Begin(std::size_t s, std::uint64_t first, std::uint64_t count) {
    if (s >= count) {
      shards_[s]->worker.Begin(stretch_.schedule.At(first), {});
      return;
    }
    const Block block = stretch_.schedule.At(first + s);
    shards_[s]->worker.Begin(block, stretch_.ids.subspan(block.begin, block.end - block.begin));
  }

  // Shards draw negatives from different parts of the vocabulary, and so seldom share them.
  void DraftRound(std::size_t s, std::size_t round) {
    Shard& shard = *shards_[s];
    const std::size_t partition = (round + s) % model_.partition_count();
    shard.has_steps = shard.worker.DraftNext(steps_per_round_, partition);
    for (const RowId id : shard.worker.draft().inputs) marks_.Mark(id, s);
    for (const RowId id : shard.worker.draft().weights) marks_.Mark(id, s);
    for (const RowId id : shard.worker.draft().outputs) marks_.Mark(input_count_ + id, s);
  }

  void TrainRound(std::size_t s) {
    if (failure_.happened()) return;
    Shard& shard = *shards_[s];
    const Draft& draft = shard.worker.draft();
    DraftRows& rows = shard.worker.rows();
    shard.copies.Reset(draft.inputs.size() + draft.weights.size() + draft.outputs.size());
    if (draft.steps.empty()) return;
    const auto steps = static_cast<float>(draft.steps.size());
    const float inputs = static_cast<float>(draft.inputs.size()) / steps;
    const float outputs = static_cast<float>(draft.outputs.size()) / steps;
    // Of a hidden layer an output meets the mean. An n-gram is no more than its part of a word, but
    // words of the same n-grams move each other whole: seldom with two million buckets, always with
    // few. In CBOW, whose windows hold the same n-gram several times over, a visit counts in full.
    const bool is_part_of_word = model_.subwords() && model_.options().model == Model::kSkipGram;
    const float inputs_met = model_.has_hidden_layer() ? 1 : inputs;
    const float outputs_met = is_part_of_word ? outputs / inputs : outputs;
    const auto place = [&](const std::vector<RowId>& ids, std::size_t first_row, float visits,
                           const auto& row_of, std::vector<float*>& pointers) {
      pointers.resize(ids.size());
      for (std::size_t i = 0; i < ids.size(); ++i) {
        marks_.Prefetch(first_row + ids[std::min(i + kMarksAhead, ids.size() - 1)]);
        pointers[i] = Place(s, first_row + ids[i], row_of(ids[i]), visits);
      }
    };
    const auto input = [this](RowId id) { return model_.rows().Input(id); };
    const auto output = [this](RowId id) { return model_.rows().Output(id); };
    place(draft.inputs, 0, outputs_met, input, rows.inputs);
    if (is_part_of_word) {
      shard.copies.AddVisits(outputs *
                             OthersAtARow(shard.copies.copies(), draft.inputs.size(), outputs_met));
    }
    place(draft.weights, 0, outputs_met, input, rows.weights);
    place(draft.outputs, input_count_, inputs_met, output, rows.outputs);
    rows.incoming.resize(draft.incoming.size());
    for (std::size_t i = 0; i < draft.incoming.size(); ++i) {
      rows.incoming[i] = model_.rows().Input(draft.incoming[i]);
    }
    shard.copies.Fill();
    shard.worker.Train();
  }

  float* Place(std::size_t s, std::size_t row, float* original, float visits) {
    const std::uint8_t shards = marks_.ShardsOf(row);
    if (shards == 1u << s) return original;
    return shards_[s]->copies.Visit(static_cast<std::uint32_t>(row), shards, original, visits);
  }

  // One of the shards that share a row merges it, each time another, so that all have as much to
  // do.
  static bool Merges(std::size_t s, const RowCopies::Copy& copy) {
    unsigned shards = copy.shards;
    for (int others = copy.row % std::popcount(shards); others > 0; --others) shards &= shards - 1;
    return std::countr_zero(shards) == static_cast<int>(s);
  }

  // A row and its copies, in the order of the shards.
  struct SharedRow {
    float* original;
    std::size_t copy_count;
    float visits;  // by all shards
    std::array<const float*, kShardCount> copies;
  };

  template <class Use>
  void ForEachHolder(const RowCopies::Copy& copy, const Use& use) const {
    for (unsigned left = copy.shards; left != 0; left &= left - 1) {
      use(shards_[std::countr_zero(left)]->copies);
    }
  }

  SharedRow Gather(const RowCopies::Copy& own) const {
    SharedRow row = {own.original, 0, 0, {}};
    PrefetchRow(own.original, stride_);
    ForEachHolder(own, [&](const RowCopies& holder) {
      const std::size_t place = holder.Find(own.row);
      row.visits += holder.copies()[place].visits;
      row.copies[row.copy_count++] = holder.Values(place);
      PrefetchRow(holder.Values(place), stride_);
    });
    return row;
  }

  // In a pipeline: most of what is read here was written by another core.
  void MergeRound(std::size_t s) {
    Shard& shard = *shards_[s];
    std::vector<const RowCopies::Copy*>& merged = shard.merged;
    merged.clear();
    for (const RowCopies::Copy& copy : shard.copies.copies()) {
      if (Merges(s, copy)) merged.push_back(&copy);
    }
    std::array<SharedRow, kRowsAhead> gathered;
    for (std::size_t i = 0; i < merged.size() + kRowsAhead; ++i) {
      if (i + kRowsAhead < merged.size()) {
        const RowCopies::Copy& coming = *merged[i + kRowsAhead];
        ForEachHolder(coming, [&](const RowCopies& holder) { holder.PrefetchFind(coming.row); });
      }
      SharedRow& row = gathered[i % kRowsAhead];
      if (i >= kRowsAhead) Merge(row, shard.worker.learning_rate());
      if (i < merged.size()) row = Gather(*merged[i]);
    }
  }

  void Merge(const SharedRow& row, float learning_rate) const {
    const float visits = row.visits / static_cast<float>(row.copy_count);
    MergeCopies(row.original, {row.copies.data(), row.copy_count}, stride_,
                ShareOfChanges(visits, row.copy_count, learning_rate));
  }

  TrainingModel& model_;
  const TrainingStretch& stretch_;
  TrainingMonitor& monitor_;
  std::size_t input_count_;
  std::size_t stride_;
  std::size_t steps_per_round_;
  RowMarks marks_;
  std::array<std::unique_ptr<Shard>, kShardCount> shards_;
  FirstFailure failure_;
};

}  // namespace

std::size_t StepsPerRound(const TrainingOptions& options) { return options.subwords ? 128 : 256; }

std::uint64_t TrainLockstep(TrainingModel& model, const TrainingStretch& stretch,
                            TrainingMonitor& monitor) {
  return LockstepRun(model, stretch, monitor).Run();
}

}  // namespace wordkin::train
