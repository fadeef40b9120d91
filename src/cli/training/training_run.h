#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/console.h"
#include "cli/progress_display.h"
#include "cli/training/checkpoint.h"
#include "cli/training/epoch_evaluation.h"
#include "cli/training/glove_counting.h"
#include "cli/training/resumable_training.h"
#include "cli/training/training_request.h"
#include "cli/training/training_session.h"
#include "common/store/embedding_store.h"
#include "train/corpus/encoded_corpus.h"

namespace wordkin::cli {

// One run of 'train', from the checked command line to the closing line.
class TrainingRun {
 public:
  // 'checkpoint': where the run goes on; nullptr: from the beginning. Both outlive it.
  TrainingRun(TrainingRequest request, const Checkpoint* checkpoint, Console& console);

  int Run();

 private:
  int TrainAndKeep();
  // False when Ctrl-C came first.
  bool Begin(train::EncodedCorpus& corpus);

  // Trains stretch by stretch; between them checkpoints are written and epochs evaluated.
  void Train(const train::EncodedCorpus& corpus);
  // Whether training is to go on.
  bool EvaluateEpoch(const train::EncodedCorpus& corpus);
  void NoteNothingIsAsked();
  // Writes the vectors so far as the output.
  void KeepEpoch(const train::EncodedCorpus& corpus);
  // False when it could not be written.
  bool KeepCheckpoint(const train::EncodedCorpus& corpus);
  std::string Provenance(const train::EncodedCorpus& corpus,
                         const train::TrainingSummary& summary) const;
  Json RunState() const;
  void RestoreRunState(const Json& state);
  // Throws kUsage when the output does not hold the best epoch of the run that is resumed.
  void FindBestEpoch();

  int Keep(train::EncodedCorpus& corpus);
  void ShowProgress(const train::TrainingProgress& progress, ProgressDisplay& display);

  TrainingRequest request_;
  const Checkpoint* checkpoint_;
  TrainingSession session_;
  std::optional<GloveCounting> glove_;     // when it is what trains
  std::optional<EmbeddingStore> earlier_;  // --continue-from
  Vocabulary earlier_words_;
  std::optional<EpochEvaluation> evaluation_;
  StopWhenFlat flat_;
  int kept_epoch_ = 0;                // the best so far, which the output holds; 0: it holds none
  std::string checkpoint_failure_;    // the last one's, where it failed
  Json evaluations_ = Json::array();  // one an epoch
  std::unique_ptr<ResumableTraining> training_;
};

}  // namespace wordkin::cli
