#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/json.h"
#include "common/math/aligned_matrix.h"
#include "common/store/vocabulary.h"
#include "query/evaluation/set_answers.h"

namespace wordkin::cli {

struct EpochScore {
  struct FileScore {
    std::string file;
    double score = 0;  // accuracy or purity in percent, or Spearman's correlation x 100; NaN: none
    query::SetKind kind = query::SetKind::kAnalogies;
    std::size_t asked = 0;  // questions, pairs or words
  };
  std::vector<FileScore> files;
  double mean = 0;  // of the files' scores that are numbers; NaN when there is none

  std::string Text() const;  // "google.txt 39.0 %, men.tsv 61.5, mean 50.2"
  Json ToJson() const;
};

// Scores the rows of a run that is going on, as 'wordkin evaluate' would score its file.
class EpochEvaluation {
 public:
  // Reads the files, each known by its content. Throws kInputOutput or kDamaged. 'output': beside
  // it the rows are put for a moment, as a store without a name.
  EpochEvaluation(const std::vector<std::string>& files, std::string output);

  // 'rows' is (vocabulary.size() x dimension). Throws kInputOutput, and kDamaged for a value that
  // is not finite.
  EpochScore Evaluate(const Vocabulary& vocabulary, const AlignedMatrix& rows) const;

 private:
  struct File {
    std::string path;
    query::QuestionSet questions;
  };
  std::vector<WordId> WordsToAskFor(const Vocabulary& vocabulary) const;

  std::vector<File> files_;
  std::string output_;
};

// Tells when a score has not risen for 'patience' epochs; never when that is 0. NaN tells nothing.
class StopWhenFlat {
 public:
  explicit StopWhenFlat(int patience) : patience_(patience) {}

  // Takes the score of the next epoch.
  bool ShouldStop(double score);
  int best_epoch() const { return best_epoch_; }  // from 1; 0: none yet
  // Whether the epoch of the last score is the best so far: the one to keep.
  bool LatestIsBest() const { return epoch_ > 0 && best_epoch_ == epoch_; }

 private:
  int patience_;
  int epoch_ = 0;
  int best_epoch_ = 0;
  double best_score_ = 0;
};

}  // namespace wordkin::cli
