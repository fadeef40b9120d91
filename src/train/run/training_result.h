#pragma once

#include <cstdint>
#include <vector>

#include "common/store/embedding_table.h"

namespace wordkin::train {

// What a run has done so far.
struct TrainingSummary {
  std::vector<double> epoch_losses;  // of each epoch begun; what it means is the trainer's
  // Over all epochs: raw corpus words, left-out ones included; GloVe: records.
  std::uint64_t amount_done = 0;
  double elapsed_seconds = 0;
  bool interrupted = false;  // not all epochs are done
};

struct TrainingResult : TrainingSummary {
  EmbeddingTable table;  // its vocabulary is left empty: the corpus has it
};

}  // namespace wordkin::train
