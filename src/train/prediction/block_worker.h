#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "common/support/random.h"
#include "train/prediction/block_schedule.h"
#include "train/prediction/draft_training.h"
#include "train/prediction/training_model.h"

namespace wordkin::train {

// Trains one block after another, some steps at a time: drafts the steps, lets the caller say where
// their rows lie, and does the arithmetic. One a thread or shard.
class BlockWorker {
 public:
  explicit BlockWorker(const TrainingModel& model) : model_(model), drafter_(model.MakeDrafter()) {}

  // 'ids' are the block's and outlive it.
  void Begin(const Block& block, std::span<const WordId> ids);
  // Drafts the next steps, at most 'step_count', with negatives from 'partition' of the sampler;
  // false when the block is at its end.
  bool DraftNext(std::size_t step_count, std::size_t partition);
  const Draft& draft() const { return draft_; }
  // To be filled by the caller between DraftNext and Train.
  DraftRows& rows() { return rows_; }
  void Train();
  float learning_rate() const { return learning_rate_; }
  // Of the block so far.
  const LossSample& loss() const { return loss_; }

 private:
  const TrainingModel& model_;
  std::unique_ptr<Drafter> drafter_;
  std::vector<WordId> words_;  // what subsampling keeps of the block
  Draft draft_;
  DraftRows rows_;
  TrainingScratch scratch_;
  LossSample loss_;
  float learning_rate_ = 0;
};

}  // namespace wordkin::train
