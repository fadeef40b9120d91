#pragma once

#include <string>

#include "cli/arguments.h"
#include "cli/json.h"
#include "train/corpus/encoded_corpus.h"
#include "train/glove/glove_options.h"
#include "train/prediction/training_options.h"

namespace wordkin::cli {

// What the command line of 'train glove' says beside what every model has.
struct GloveRequest {
  train::GloveOptions options;
  std::string keep_counts;  // a file to write; empty: none
  std::string counts;       // a file in place of a corpus; empty: none
};

// Throws kUsage for what is wrong, out of range or another model's.
GloveRequest ReadGloveRequest(const Arguments& arguments);

// Throws kUsage when an option stands there that only 'train glove' has.
void RefuseGloveOptions(const Arguments& arguments);

// The options that every model has, in the place where they are looked for.
train::TrainingOptions SharedTrainingOptions(const GloveRequest& request);

// Gives the corpus's ids their share of the memory, and the same scratch folder.
void ShareMemory(const GloveRequest& request, train::CorpusOptions& corpus);

// In the spelling of the command line; no names of files.
Json GloveOptionsJson(const GloveRequest& request);

// Throws kInputOutput when --memory is too small for so many words, naming what would do.
void CheckGloveMemory(std::size_t vocabulary_size, const train::GloveOptions& options);

}  // namespace wordkin::cli
