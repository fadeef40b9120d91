#pragma once

#include "cli/console.h"
#include "cli/progress_display.h"
#include "cli/training/training_request.h"
#include "cli/training/training_session.h"
#include "train/corpus/encoded_corpus.h"
#include "train/prediction/trainer.h"

namespace wordkin::cli {

// One run of 'train' by prediction, from the checked command line to the closing line.
class TrainingRun {
 public:
  TrainingRun(TrainingRequest request, Console& console);

  int Run();

 private:
  train::TrainingResult Train(const train::EncodedCorpus& corpus);
  void ShowProgress(const train::TrainingProgress& progress, ProgressDisplay& display);
  int Keep(train::EncodedCorpus corpus, train::TrainingResult result);

  TrainingRequest request_;
  TrainingSession session_;
};

}  // namespace wordkin::cli
