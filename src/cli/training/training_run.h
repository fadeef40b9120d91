#pragma once

#include <optional>
#include <string>

#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/progress_display.h"
#include "cli/training/event_log.h"
#include "cli/training/training_request.h"
#include "common/support/atomic_file.h"
#include "train/corpus/encoded_corpus.h"
#include "train/prediction/trainer.h"

namespace wordkin::cli {

// One run of 'train', from the checked command line to the closing line.
class TrainingRun {
 public:
  TrainingRun(TrainingRequest request, Console& console);

  int Run();

 private:
  // nullopt when Ctrl-C came first.
  std::optional<train::EncodedCorpus> ReadCorpus();
  train::TrainingResult Train(const train::EncodedCorpus& corpus);
  void ShowProgress(const train::TrainingProgress& progress, ProgressDisplay& display);
  int Keep(train::EncodedCorpus corpus, train::TrainingResult result);
  int GiveUp(const std::string& what_is_kept);
  void LogStart();

  double Seconds() const { return ProgressDisplay::SteadySeconds() - start_; }

  TrainingRequest request_;
  Console& console_;
  ProgressDisplay::Form form_;
  double start_;
  InterruptGuard interrupt_;
  // Opened before the work, so that a folder that cannot be written is known now.
  AtomicFile output_;
  EventLog events_;
};

}  // namespace wordkin::cli
