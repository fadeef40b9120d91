#include "train/prediction/hogwild_training.h"

#include <omp.h>

#include <algorithm>
#include <atomic>

#include "common/support/first_failure.h"
#include "train/prediction/block_worker.h"
#include "train/prediction/hot_rows.h"

namespace wordkin::train {
namespace {

// The nodes of a Huffman tree that are hot: those that a step passes more often than once in
// some fifty.
constexpr std::size_t kHotNodes = 32;

void PointToRows(const Draft& draft, ModelRows& model, HotRows& hot, float inputs_met,
                 DraftRows& rows) {
  const auto point = [](const std::vector<RowId>& ids, auto& pointers, const auto& row_of) {
    pointers.resize(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) pointers[i] = row_of(ids[i]);
  };
  const auto input = [&model](RowId id) { return model.Input(id); };
  point(draft.inputs, rows.inputs, input);
  point(draft.weights, rows.weights, input);
  point(draft.incoming, rows.incoming, input);
  point(draft.outputs, rows.outputs, [&](RowId id) { return hot.Visit(id, inputs_met); });
}

class HogwildRun {
 public:
  HogwildRun(TrainingModel& model, const TrainingStretch& stretch, TrainingMonitor& monitor)
      : model_(model), stretch_(stretch), monitor_(monitor), next_(stretch.begin) {}

  std::uint64_t Run() {
#pragma omp parallel num_threads(model_.options().thread_count)
    RunThread(static_cast<std::size_t>(omp_get_thread_num()));
    failure_.Rethrow();
    return std::min(next_.load(), stretch_.end);
  }

 private:
  void RunThread(std::size_t thread) {
    try {
      BlockWorker worker(model_);
      HotRows hot(model_.rows().outputs, FirstHotRow(), model_.options().thread_count);
      while (!stretch_.pause() && !failure_.happened()) {
        const std::uint64_t sequence = next_.fetch_add(1, std::memory_order_relaxed);
        if (sequence >= stretch_.end) break;
        TrainBlock(stretch_.schedule.At(sequence), thread, worker, hot);
      }
    } catch (...) {
      failure_.Keep();
    }
  }

  // One thread alone has no one to share with, and words as predictions are dealt out in parts.
  std::size_t FirstHotRow() const {
    const std::size_t row_count = model_.rows().outputs.row_count();
    const bool has_hot_rows =
        model_.options().loss == Loss::kHierarchicalSoftmax && model_.options().thread_count > 1;
    return has_hot_rows ? row_count - std::min(row_count, kHotNodes) : row_count;
  }

  void TrainBlock(const Block& block, std::size_t thread, BlockWorker& worker, HotRows& hot) {
    worker.Begin(block, stretch_.ids.subspan(block.begin, block.end - block.begin));
    // Threads seldom draw from the same part at once, and none draws from one for long: a part's
    // words would be pushed away again and again before others are drawn.
    std::size_t partition =
        block.sequence +
        thread * model_.partition_count() / static_cast<std::size_t>(model_.options().thread_count);
    while (worker.DraftNext(kStepsPerDraft, partition++ % model_.partition_count())) {
      const Draft& draft = worker.draft();
      const float inputs_met =
          model_.has_hidden_layer()
              ? 1
              : static_cast<float>(draft.inputs.size()) / static_cast<float>(draft.steps.size());
      PointToRows(draft, model_.rows(), hot, inputs_met, worker.rows());
      worker.Train();
      hot.Exchange(worker.learning_rate());
    }
    monitor_.AddBlock(block, worker.loss(), model_.LearningRateAt(block));
  }

  TrainingModel& model_;
  const TrainingStretch& stretch_;
  TrainingMonitor& monitor_;
  std::atomic<std::uint64_t> next_;
  FirstFailure failure_;
};

}  // namespace

std::uint64_t TrainHogwild(TrainingModel& model, const TrainingStretch& stretch,
                           TrainingMonitor& monitor) {
  return HogwildRun(model, stretch, monitor).Run();
}

}  // namespace wordkin::train
