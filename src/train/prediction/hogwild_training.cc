#include "train/prediction/hogwild_training.h"

#include <omp.h>

#include <algorithm>
#include <exception>
#include <mutex>

#include "train/prediction/block_worker.h"

namespace wordkin::train {
namespace {

// Steps drafted at a time: few enough for their lists to stay in the innermost cache.
constexpr std::size_t kStepsPerDraft = 64;
// Blocks a thread draws from one part of the sampler before all threads move on by one: long
// enough to warm the caches, short enough for hundreds of rounds in a run.
constexpr std::uint64_t kBlocksPerPartition = 8;

void PointToSharedRows(const Draft& draft, ModelRows& model, DraftRows& rows) {
  const auto point = [](const std::vector<RowId>& ids, auto& pointers, const auto& row_of) {
    pointers.resize(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) pointers[i] = row_of(ids[i]);
  };
  const auto input = [&model](RowId id) { return model.Input(id); };
  point(draft.inputs, rows.inputs, input);
  point(draft.weights, rows.weights, input);
  point(draft.incoming, rows.incoming, input);
  point(draft.outputs, rows.outputs, [&model](RowId id) { return model.Output(id); });
}

class HogwildRun {
 public:
  HogwildRun(TrainingModel& model, const TrainingStretch& stretch, TrainingMonitor& monitor)
      : model_(model), stretch_(stretch), monitor_(monitor), next_(stretch.begin) {}

  std::uint64_t Run() {
#pragma omp parallel num_threads(model_.options().thread_count)
    RunThread(static_cast<std::size_t>(omp_get_thread_num()));
    if (failure_) std::rethrow_exception(failure_);
    return std::min(next_.load(), stretch_.end);
  }

 private:
  // No exception may leave an OpenMP region: the first one is kept, and the other threads stop.
  void RunThread(std::size_t thread) {
    try {
      BlockWorker worker(model_);
      while (!stretch_.pause() && !failed_.load(std::memory_order_relaxed)) {
        const std::uint64_t sequence = next_.fetch_add(1, std::memory_order_relaxed);
        if (sequence >= stretch_.end) break;
        TrainBlock(stretch_.schedule.At(sequence), thread, worker);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      failed_ = true;
    }
  }

  void TrainBlock(const Block& block, std::size_t thread, BlockWorker& worker) {
    const std::size_t partition =
        (block.sequence / kBlocksPerPartition + thread) % model_.partition_count();
    worker.Begin(block, stretch_.ids.subspan(block.begin, block.end - block.begin), partition);
    while (worker.DraftNext(kStepsPerDraft)) {
      PointToSharedRows(worker.draft(), model_.rows(), worker.rows());
      worker.Train();
    }
    monitor_.AddBlock(block, worker.loss(), model_.LearningRateAt(block));
  }

  TrainingModel& model_;
  const TrainingStretch& stretch_;
  TrainingMonitor& monitor_;
  std::atomic<std::uint64_t> next_;
  std::atomic<bool> failed_{false};
  std::mutex mutex_;  // guards failure_
  std::exception_ptr failure_;
};

}  // namespace

std::uint64_t TrainHogwild(TrainingModel& model, const TrainingStretch& stretch,
                           TrainingMonitor& monitor) {
  return HogwildRun(model, stretch, monitor).Run();
}

}  // namespace wordkin::train
