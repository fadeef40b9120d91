#pragma once

#include "cli/training/resumable_training.h"
#include "train/prediction/trainer.h"
#include "train/run/output_vectors.h"

namespace wordkin::cli {

// Skip-gram and CBOW, over words or subwords.
class PredictionTraining final : public ResumableTraining {
 public:
  // 'corpus' outlives it. Throws as train::Trainer does.
  PredictionTraining(const train::EncodedCorpus& corpus, const train::TrainingOptions& options,
                     train::OutputVectors output_vectors)
      : trainer_(corpus, options), loss_(options.loss), output_vectors_(output_vectors) {}

  std::string_view unit() const override { return "words"; }

  train::Pause Train(const train::PauseAt& pause_at, const train::ProgressCallback& progress,
                     const std::atomic<bool>& stop) override {
    return trainer_.Train(pause_at, progress, stop);
  }
  std::size_t bucket_row_count() { return trainer_.bucket_row_count(); }
  int epochs_done() const override { return trainer_.epochs_done(); }
  train::TrainingSummary Summary() const override { return trainer_.summary(); }
  AlignedMatrix ComposeRows() override;
  void ShowTable(const std::function<void(const EmbeddingTable&)>& use) override {
    trainer_.ShowTable(use);
  }
  Json State() const override;
  void ContinueFrom(const EmbeddingStore& store) override;
  void Resume(const EmbeddingStore& checkpoint, const Json& state) override;
  EmbeddingTable Finish() override;

 private:
  train::Trainer trainer_;
  train::Loss loss_;
  train::OutputVectors output_vectors_;
};

}  // namespace wordkin::cli
