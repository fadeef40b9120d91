#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/json.h"
#include "cli/progress_display.h"
#include "train/corpus/encoded_corpus.h"
#include "train/phrases/join_phrases.h"

namespace wordkin::cli {

// Options that 'phrases' and 'train' share but for their names.
constexpr Option PhraseScoreOption(std::string_view name) {
  return {.name = name,
          .kind = ValueKind::kChoice,
          .value_name = "word2vec|npmi",
          .default_value = "word2vec",
          .description =
              "how pairs are scored: count above chance as word2vec does, or normalised "
              "mutual information, -1 to 1"};
}
constexpr Option PhraseThresholdOption(std::string_view name) {
  return {.name = name,
          .kind = ValueKind::kReal,
          .value_name = "X",
          .default_value = "200, npmi 0.7",
          .description = "join pairs that score above this in the first pass",
          .lowest = -1};
}
constexpr Option PhraseThresholdFallOption(std::string_view name) {
  return {.name = name,
          .kind = ValueKind::kReal,
          .value_name = "X",
          .default_value = "0.5, npmi 0.9",
          .description = "what the threshold is multiplied by from pass to pass",
          .lowest = 0.01,
          .highest = 1};
}
constexpr Option PhraseJoinerOption(std::string_view name) {
  return {.name = name,
          .kind = ValueKind::kText,
          .value_name = "TEXT",
          .default_value = "_",
          .description = "what stands between the words of a phrase; may be empty"};
}

// For EncodeCorpus: how far reading is, on 'display', which must outlive it.
train::CorpusProgress ShowReading(ProgressDisplay& display);

// The options PREFIXthreshold, PREFIXthreshold-fall, PREFIXscore, PREFIXjoiner and min-count.
// Throws kUsage.
train::PhraseOptions ReadPhraseOptions(const Arguments& arguments, const std::string& prefix,
                                       int pass_count, int thread_count);
Json PhraseOptionsJson(const train::PhraseOptions& options);

// train::JoinPhrases with its progress shown, and a note when rare pairs were dropped.
train::JoinedPhrases JoinPhrases(train::EncodedCorpus corpus, const train::PhraseOptions& options,
                                 const train::CorpusOptions& corpus_options, Console& console,
                                 ProgressDisplay::Form form, const std::atomic<bool>& stop);

}  // namespace wordkin::cli
