#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.h"
#include "cli/training/glove_request.h"
#include "common/store/store_format.h"
#include "train/corpus/encoded_corpus.h"
#include "train/phrases/phrase_options.h"
#include "train/prediction/training_options.h"
#include "train/run/output_vectors.h"

namespace wordkin::cli {

// Everything that the command line of 'train' says, checked.
struct TrainingRequest {
  train::TrainingOptions training;
  std::optional<GloveRequest> glove;  // when it is what trains
  train::CorpusOptions corpus;
  std::optional<train::PhraseOptions> phrases;  // nullopt: none are joined
  Precision precision = Precision::kTwoPlane;
  std::vector<std::string> corpus_paths;  // folders and globs expanded
  std::string output;
  train::OutputVectors output_vectors = train::OutputVectors::kWord;
  std::string continue_from;      // a store to train on from; empty: none
  double checkpoint_seconds = 0;  // between checkpoints; 0: on Ctrl-C only
  std::vector<std::string> evaluation_files;
  int flat_epochs = 0;  // stop when the evaluation has not risen for so many; 0: do not
  std::vector<std::string> command_line;  // Arguments::Words, to resume by
  std::string event_log;                  // empty: none
  bool quiet = false;
};

// Throws kUsage for what is wrong or out of range, kInputOutput for a corpus that is not there.
TrainingRequest ReadTrainingRequest(const Arguments& arguments);

// Where the checkpoints of a run with this output go.
std::string CheckpointPath(const std::string& output);
// Throws kUsage when another run's checkpoint lies there: this one would put its own in the place,
// and remove it at the end. 'resumed': the checkpoint that this run goes on from; empty: none.
void RefuseToLoseCheckpoint(const std::string& output, const std::string& resumed);
// Whether 'word' names a model of 'train', glove included.
bool IsModelName(std::string_view word);

// As the command line spells them.
std::string ModelName(const train::TrainingOptions& options);
std::string ScheduleName(train::Schedule schedule);
std::string LossName(train::Loss loss);
std::string OutputVectorsName(train::OutputVectors choice);
std::string SubwordHashName(SubwordHash hash);
std::string CbowGradientName(train::CbowGradient gradient);

// Throw kInputOutput when the run cannot end well: too little memory for training, too little disk
// for the store, with its rows of n-gram buckets. Both say what to lower.
void CheckTrainingMemory(std::size_t vocabulary_size, const train::TrainingOptions& options);
void CheckTrainingDisk(std::size_t vocabulary_size, const TrainingRequest& request,
                       std::size_t bucket_row_count = 0);

}  // namespace wordkin::cli
