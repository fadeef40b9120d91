#pragma once

#include <string>

#include "cli/arguments.h"
#include "cli/json.h"
#include "cli/training/resumable_training.h"
#include "cli/training/training_request.h"
#include "common/store/embedding_store.h"
#include "train/corpus/encoded_corpus.h"

namespace wordkin::cli {

// Where a run stands, as a store that answers questions too: float32 rows, all that training needs
// beside them, the command line, and which corpus it was.
class Checkpoint {
 public:
  // Throws kInputOutput, and kDamaged for what is no whole checkpoint: all checksums are tried.
  explicit Checkpoint(const std::string& path);

  const std::string& path() const { return store_.path(); }
  // The command line of the run that is resumed, with what 'given' changes: the corpus's place, the
  // output, threads and what is shown. Throws kUsage for what can not change.
  Arguments Resume(const Arguments& given) const;
  // Throws kUsage when the corpus is another than the run's.
  void CheckCorpus(const train::EncodedCorpus& corpus) const;
  // Puts 'training' where the run stood; throws as it does.
  void Restore(ResumableTraining& training) const;
  // What WriteCheckpoint was given as 'run'.
  const Json& run() const { return state_["run"]; }

 private:
  EmbeddingStore store_;
  Json state_;
};

// Writes a checkpoint in the place of CheckpointPath(request.output), whole or not at all. 'run' is
// what the caller wants to have again. Throws kInputOutput.
void WriteCheckpoint(const TrainingRequest& request, const train::EncodedCorpus& corpus,
                     ResumableTraining& training, const Json& run, const std::string& provenance);

}  // namespace wordkin::cli
