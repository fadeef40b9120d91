#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "common/store/embedding_table.h"
#include "train/corpus/encoded_corpus.h"
#include "train/prediction/block_schedule.h"
#include "train/prediction/training_model.h"
#include "train/prediction/training_monitor.h"
#include "train/prediction/training_options.h"

namespace wordkin::train {

// Bytes that training will take beside the corpus, before subwords are counted.
std::uint64_t TrainingMemoryBytes(std::size_t vocabulary_size, const TrainingOptions& options);

struct TrainingResult {
  EmbeddingTable table;  // its vocabulary is left empty: the corpus has it
  // Trainer::epoch_losses
  std::vector<double> epoch_losses;
  std::uint64_t words_done = 0;
  double elapsed_seconds = 0;
  bool interrupted = false;
};

// Trains word vectors by predicting words from their contexts: skip-gram and CBOW, over words or
// subwords, by negative sampling or hierarchical softmax. Between stretches of training the rows
// can be looked at and kept, and a run taken up again.
class Trainer {
 public:
  enum class Pause {
    kFinished,  // all epochs are done
    kEpochEnd,
    kTimeUp,
    kStopped,  // 'stop' became true
  };
  struct PauseAt {
    bool epoch_end = false;
    double seconds = std::numeric_limits<double>::infinity();  // of this stretch
  };

  // 'corpus' outlives the trainer. Throws kUsage for options out of range and a vocabulary of one
  // word, kInputOutput when memory or threads are short.
  Trainer(const EncodedCorpus& corpus, const TrainingOptions& options);

  // Trains on, up to the next pause or the end. Throws kUsage when the run diverges (a loss that is
  // not finite, rows that explode), naming the option to lower.
  Pause Train(const PauseAt& pause_at, const ProgressCallback& progress,
              const std::atomic<bool>& stop);

  // Between stretches:
  std::uint64_t words_done() const { return monitor_.words_done(); }
  double elapsed_seconds() const { return monitor_.elapsed_seconds(); }
  // Epochs that are whole.
  int epochs_done() const { return static_cast<int>(position_ / schedule_.blocks_per_epoch()); }
  // Mean loss of a prediction in each epoch begun, in nats over a sample, NaN where a tiny corpus
  // gave none. Before anything is learnt it is (negatives + 1) ln 2, or path length x ln 2.
  std::vector<double> epoch_losses() const;
  // The vectors so far, (vocabulary x dimension).
  AlignedMatrix ComposeRows() { return model_.ComposeRows(); }

  // The end of the run, whole or not. Throws kUsage when a value is not finite. 'keep_all' keeps
  // the rows that only further training needs too.
  TrainingResult Finish(bool keep_all);

 private:
  void CheckRows();
  EmbeddingTable TakeTable(bool keep_all);

  const EncodedCorpus& corpus_;
  TrainingOptions options_;
  TrainingModel model_;
  BlockSchedule schedule_;
  TrainingMonitor monitor_;
  std::uint64_t position_ = 0;  // the first block that is not done
};

// A whole run in one go. Returns early, 'interrupted', when 'stop' becomes true.
TrainingResult Train(const EncodedCorpus& corpus, const TrainingOptions& options,
                     const ProgressCallback& progress, const std::atomic<bool>& stop);

}  // namespace wordkin::train
