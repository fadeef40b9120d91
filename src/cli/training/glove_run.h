#pragma once

#include <optional>

#include "cli/console.h"
#include "cli/progress_display.h"
#include "cli/training/training_request.h"
#include "cli/training/training_session.h"
#include "common/support/atomic_file.h"
#include "train/glove/counts_file.h"
#include "train/glove/glove_trainer.h"

namespace wordkin::cli {

// One run of 'train glove', from the checked command line to the closing line.
class GloveRun {
 public:
  GloveRun(TrainingRequest request, Console& console);

  int Run();

 private:
  // Both nullopt when Ctrl-C came first, which has been told then.
  std::optional<train::CountedCorpus> ReadCounts();
  std::optional<train::CountedCorpus> CountCorpus();
  void TellOfCounts(const train::PairCounts& counts);
  int TrainAndKeep(train::CountedCorpus counted);
  void ShowProgress(const train::GloveProgress& progress, ProgressDisplay& display);

  const train::GloveOptions& options() const { return request_.glove->options; }

  TrainingRequest request_;
  TrainingSession session_;
  std::optional<AtomicFile> kept_counts_;
};

}  // namespace wordkin::cli
