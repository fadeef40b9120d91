#include "train/prediction/block_worker.h"

#include "train/corpus/id_sequence.h"

namespace wordkin::train {

void BlockWorker::Begin(const Block& block, std::span<const WordId> ids) {
  Random random(MixSeeds(model_.options().seed, block.sequence));
  words_.clear();
  for (const WordId id : ids) {
    if (id == kSentenceEnd || model_.subsampler().Keeps(id, random)) words_.push_back(id);
  }
  drafter_->Begin(words_, random);
  learning_rate_ = model_.LearningRateAt(block);
  loss_ = {};
}

bool BlockWorker::DraftNext(std::size_t step_count, std::size_t partition) {
  draft_.Clear();
  return drafter_->DraftSteps(step_count, partition, draft_) || !draft_.steps.empty();
}

void BlockWorker::Train() {
  const TrainingOptions& options = model_.options();
  const bool divides_gradient =
      options.model == Model::kCbow && options.cbow_gradient == CbowGradient::kCorrected;
  // All paths of a Huffman tree share its root.
  const std::size_t predictions_at_once = options.loss == Loss::kHierarchicalSoftmax ? 1 : 2;
  model_.train_draft()(draft_, rows_,
                       {.dimension = options.dimension,
                        .learning_rate = learning_rate_,
                        .divides_gradient = divides_gradient,
                        .predictions_at_once = predictions_at_once},
                       scratch_, loss_);
}

}  // namespace wordkin::train
