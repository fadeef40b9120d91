#pragma once

#include "cli/training/resumable_training.h"
#include "train/corpus/encoded_corpus.h"
#include "train/glove/glove_trainer.h"
#include "train/glove/pair_counts.h"
#include "train/run/output_vectors.h"

namespace wordkin::cli {

// GloVe over pairs that are counted.
class GloveTraining final : public ResumableTraining {
 public:
  // Keeps references to 'corpus' and 'options'. Cuts 'counts' into tiles and lets them go; useless
  // when 'stop' became true meanwhile. Throws as train::TrainingTiles and GloveTrainer do.
  GloveTraining(const train::EncodedCorpus& corpus, train::PairCounts counts,
                const train::GloveOptions& options, train::OutputVectors output_vectors,
                const std::atomic<bool>& stop);

  std::string_view unit() const override { return "records"; }
  train::Pause Train(const train::PauseAt& pause_at, const train::ProgressCallback& progress,
                     const std::atomic<bool>& stop) override {
    return trainer_.Train(pause_at, state_, progress, stop);
  }
  int epochs_done() const override { return static_cast<int>(state_.epoch_losses.size()); }
  train::TrainingSummary Summary() const override { return trainer_.Summary(state_); }
  AlignedMatrix ComposeRows() override {
    return train::VectorsOf(state_, output_vectors_, options_);
  }
  void ShowTable(const std::function<void(const EmbeddingTable&)>& use) override;
  Json State() const override;
  void ContinueFrom(const EmbeddingStore& store) override {
    train::TakeVectors(store, corpus_.vocabulary, options_, state_);
  }
  void Resume(const EmbeddingStore& checkpoint, const Json& state) override;
  EmbeddingTable Finish() override;

 private:
  const train::EncodedCorpus& corpus_;
  const train::GloveOptions& options_;
  train::OutputVectors output_vectors_;
  train::TrainingTiles tiles_;
  train::GloveTrainer trainer_;
  train::GloveState state_;
};

}  // namespace wordkin::cli
