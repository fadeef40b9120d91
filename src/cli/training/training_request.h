#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/training/glove_request.h"
#include "common/store/store_format.h"
#include "train/corpus/encoded_corpus.h"
#include "train/prediction/training_options.h"

namespace wordkin::cli {

// Everything that the command line of 'train' says, checked.
struct TrainingRequest {
  train::TrainingOptions training;
  std::optional<GloveRequest> glove;  // when it is what trains
  train::CorpusOptions corpus;
  Precision precision = Precision::kTwoPlane;
  std::vector<std::string> corpus_paths;  // folders and globs expanded
  std::string output;
  std::string event_log;  // empty: none
  bool quiet = false;
};

// Throws kUsage for what is wrong or out of range, kInputOutput for a corpus that is not there.
TrainingRequest ReadTrainingRequest(const Arguments& arguments);

// As the command line spells them.
std::string ModelName(const train::TrainingOptions& options);
std::string LossName(train::Loss loss);
std::string SubwordHashName(SubwordHash hash);
std::string CbowGradientName(train::CbowGradient gradient);

// Throw kInputOutput when the run cannot end well: too little memory for training, too little disk
// for the store. Both say what to lower.
void CheckTrainingMemory(std::size_t vocabulary_size, const train::TrainingOptions& options);
void CheckTrainingDisk(std::size_t vocabulary_size, const TrainingRequest& request);

}  // namespace wordkin::cli
