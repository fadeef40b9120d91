#pragma once

#include <memory>
#include <optional>

#include "cli/training/glove_training.h"
#include "cli/training/training_request.h"
#include "cli/training/training_session.h"
#include "common/support/atomic_file.h"
#include "train/corpus/encoded_corpus.h"
#include "train/glove/pair_counts.h"

namespace wordkin::cli {

// What 'train glove' does before it trains: pairs are counted, or counts that were kept are read.
class GloveCounting {
 public:
  // Keeps references to both. Opens the file of the counts to keep before the work. With --counts,
  // what was settled by counting is put into 'request'.
  GloveCounting(TrainingRequest& request, TrainingSession& session);

  // The corpus, or with --counts all but its ids. nullopt when Ctrl-C came first.
  std::optional<train::EncodedCorpus> ReadCorpus();
  // The training of all its pairs, which takes the ids away; keeps references to 'corpus' and the
  // request. nullptr when Ctrl-C came first. Throws kUsage when there are not two words or no
  // pairs, kInputOutput when memory or disk are too small.
  std::unique_ptr<GloveTraining> Begin(train::EncodedCorpus& corpus);

 private:
  train::PairCounts Count(const train::EncodedCorpus& corpus);
  void Keep(const train::EncodedCorpus& corpus, const train::PairCounts& counts);
  void TellOf(const train::PairCounts& counts);

  train::GloveOptions& options() { return request_.glove->options; }

  TrainingRequest& request_;
  TrainingSession& session_;
  std::optional<train::PairCounts> read_counts_;  // with --counts
  std::optional<AtomicFile> kept_counts_;         // with --keep-counts
};

}  // namespace wordkin::cli
