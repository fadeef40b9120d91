#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"
#include "train/corpus/encoded_corpus.h"
#include "train/prediction/block_schedule.h"
#include "train/prediction/take_rows.h"
#include "train/prediction/training_model.h"
#include "train/prediction/training_monitor.h"
#include "train/prediction/training_options.h"
#include "train/prediction/training_state.h"
#include "train/run/run_control.h"
#include "train/run/training_result.h"

namespace wordkin::train {

// Bytes that training will take beside the corpus, before the rows of n-grams are counted.
std::uint64_t TrainingMemoryBytes(std::size_t vocabulary_size, const TrainingOptions& options);

// Trains word vectors by predicting words from their contexts: skip-gram and CBOW, over words or
// subwords, by negative sampling or hierarchical softmax. Between stretches of training the rows
// can be looked at and kept, and a run taken up again.
class Trainer {
 public:
  // 'corpus' outlives the trainer. Throws kUsage for options out of range and a vocabulary of one
  // word, kInputOutput when memory or threads are short.
  Trainer(const EncodedCorpus& corpus, const TrainingOptions& options);

  // Trains on, up to the next pause or the end. Throws kUsage when the run diverges (a loss that is
  // not finite, rows that explode), naming the option to lower.
  Pause Train(const PauseAt& pause_at, const ProgressCallback& progress,
              const std::atomic<bool>& stop);

  // Between stretches:
  // Epochs that are whole.
  int epochs_done() const { return static_cast<int>(position_ / schedule_.blocks_per_epoch()); }
  // An epoch's loss is the mean of its predictions', in nats over a sample, NaN where a tiny corpus
  // gave none. Before anything is learnt it is (negatives + 1) ln 2, or path length x ln 2.
  TrainingSummary summary() const;
  // Of n-grams; 0 without subwords.
  std::size_t bucket_row_count() { return model_.rows().buckets.row_count(); }
  // The vectors so far, (vocabulary x dimension).
  AlignedMatrix ComposeRows() { return model_.ComposeRows(); }
  // Of words as predictions, or of a tree's nodes.
  const AlignedMatrix& output_rows() const { return model_.rows().outputs; }
  // Lends all rows as a table, with a copy of the vocabulary, while 'use' runs.
  void ShowTable(const std::function<void(const EmbeddingTable&)>& use);
  TrainingState state() const;

  // Before the first stretch:
  // Takes the rows that 'store' has of this run's words, buckets and, if told, predictions; others
  // keep what they begin with. Throws kUsage when the dimensions or the ways to subwords differ,
  // kDamaged.
  void TakeRows(const EmbeddingStore& store, TakenRows taken);
  // Goes on where a run with the same corpus and options stood. Throws kDamaged for a state that
  // none can have had.
  void Restore(const TrainingState& state);

  // Ends the run: all its rows, without the vocabulary, which is the corpus's. Throws kUsage when a
  // value is not finite.
  EmbeddingTable Finish();

 private:
  void CheckRows();
  EmbeddingTable TakeTable();
  void PutBack(EmbeddingTable table);

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
