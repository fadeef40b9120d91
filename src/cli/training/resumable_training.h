#pragma once

#include <atomic>
#include <functional>
#include <string_view>

#include "cli/json.h"
#include "common/math/aligned_matrix.h"
#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"
#include "train/run/run_control.h"
#include "train/run/training_result.h"

namespace wordkin::cli {

// What a training run needs of a trainer, whichever it is.
class ResumableTraining {
 public:
  virtual ~ResumableTraining() = default;

  // Of the amounts that are done: "words", "records".
  virtual std::string_view unit() const = 0;

  virtual train::Pause Train(const train::PauseAt& pause_at,
                             const train::ProgressCallback& progress,
                             const std::atomic<bool>& stop) = 0;

  // Between stretches of training:
  virtual int epochs_done() const = 0;
  virtual train::TrainingSummary Summary() const = 0;
  // The vectors so far, (vocabulary x dimension).
  virtual AlignedMatrix ComposeRows() = 0;
  // Lends all rows as a table, with a copy of the vocabulary, while 'use' runs; its vectors are
  // those of ComposeRows, or the words' own with the output rows beside them.
  virtual void ShowTable(const std::function<void(const EmbeddingTable&)>& use) = 0;
  // What Resume needs beside the table.
  virtual Json State() const = 0;

  // Before the first stretch: begin with the rows of a store, or go on where a checkpoint stands.
  // Both throw kUsage for what does not fit together and kDamaged.
  virtual void ContinueFrom(const EmbeddingStore& store) = 0;
  virtual void Resume(const EmbeddingStore& checkpoint, const Json& state) = 0;

  // The end: what --output-vectors keeps, without the vocabulary.
  virtual EmbeddingTable Finish() = 0;
};

}  // namespace wordkin::cli
