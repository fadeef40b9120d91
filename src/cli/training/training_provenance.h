#pragma once

#include <string>
#include <string_view>

#include "cli/json.h"
#include "cli/training/training_request.h"
#include "train/corpus/encoded_corpus.h"
#include "train/run/training_result.h"

namespace wordkin::cli {

// Every option of a run with its value, in the spelling of the command line.
Json TrainingOptionsJson(const TrainingRequest& request);
// Names (the first 1,000 files), size, hash, words and notes.
Json CorpusJson(const TrainingRequest& request, const train::EncodedCorpus& corpus);
// All that a store tells about its making. With SOURCE_DATE_EPOCH set it does not depend on when
// and how fast that was; it never holds the output's name.
std::string TrainingProvenance(const TrainingRequest& request, const Json& corpus,
                               const Json& evaluations, const train::TrainingSummary& summary,
                               std::string_view unit, double seconds);

// The oddities of a corpus in plain words: "3 byte order marks removed; ..."; empty without any.
std::string DescribeNotes(const CorpusNotes& notes);

}  // namespace wordkin::cli
