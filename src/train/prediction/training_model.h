#pragma once

#include <cstdint>
#include <optional>

#include "common/store/vocabulary.h"
#include "train/prediction/block_schedule.h"
#include "train/prediction/draft_training.h"
#include "train/prediction/drafter.h"
#include "train/prediction/huffman_tree.h"
#include "train/prediction/model_rows.h"
#include "train/prediction/negative_sampler.h"
#include "train/prediction/subsampler.h"
#include "train/prediction/subword_rows.h"
#include "train/prediction/training_options.h"

namespace wordkin::train {

// What all threads of a run share: the rows that they change, and what they look up.
class TrainingModel {
 public:
  // Rows at the beginning: small random values for words and buckets, zeros for outputs. Vocabulary
  // and options outlive the model. Throws kInputOutput when memory is short.
  TrainingModel(const Vocabulary& vocabulary, const TrainingOptions& options,
                const NegativeSampler::Parts& sampler_parts);

  const TrainingOptions& options() const { return options_; }
  ModelRows& rows() { return rows_; }
  const ModelRows& rows() const { return rows_; }
  const Subsampler& subsampler() const { return subsampler_; }
  std::size_t partition_count() const { return sampler_ ? sampler_->partition_count() : 1; }
  const SubwordRows* subwords() const { return subwords_ ? &*subwords_ : nullptr; }
  TrainDraft train_draft() const { return train_draft_; }
  bool has_hidden_layer() const { return train_draft_ != TrainPairs; }
  std::unique_ptr<Drafter> MakeDrafter() const;
  float LearningRateAt(const Block& block) const;
  // Mean loss of a prediction before anything is learnt, in nats.
  double GuessingLoss() const;
  // rows = the vectors that training is for, (vocabulary x dimension): of each word the mean of its
  // input rows.
  AlignedMatrix ComposeRows();

 private:
  const Vocabulary& vocabulary_;
  const TrainingOptions& options_;
  std::optional<NegativeSampler> sampler_;
  std::optional<HuffmanTree> tree_;
  std::optional<SubwordRows> subwords_;
  Subsampler subsampler_;
  TrainDraft train_draft_;
  ModelRows rows_;
};

}  // namespace wordkin::train
