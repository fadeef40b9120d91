#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "train/prediction/draft.h"

namespace wordkin::train {

// Where the rows of a draft lie, list by list as in the draft. Threads of a Hogwild run hand the
// same rows to each other without locks; in a lockstep run no two threads have the same row.
struct DraftRows {
  std::vector<float*> inputs;
  std::vector<float*> weights;
  std::vector<const float*> incoming;
  std::vector<float*> outputs;
};

// Sum over a sample of predictions of the loss, in nats; a prediction is one context and one
// centre, with all that the loss compares them to.
struct LossSample {
  double sum = 0;
  std::uint64_t pair_count = 0;
};

// What the arithmetic of one thread or shard works with.
struct TrainingScratch {
  AlignedMatrix hidden;  // (2 x dimension): a mean of input rows, before and after the step
  std::vector<float> scores;
};

struct StepOptions {
  std::size_t dimension;
  float learning_rate;
  // Hidden layer only:
  bool divides_gradient;  // among the input rows, as the mean demands
  // So many groups of a step are trained from the same scores: faster than one after another. They
  // should seldom share an output row.
  std::size_t predictions_at_once;
};

// Each trains the steps of 'draft' in order on the rows of 'rows', and adds to 'loss' what the
// steps that are loss samples lose. Compiled for each instruction set; chosen at run time.

// Every input row meets every output row of the step's one group: skip-gram over words, as
// products of small matrices.
void TrainPairs(const Draft& draft, const DraftRows& rows, const StepOptions& options,
                TrainingScratch& scratch, LossSample& loss);

// The mean of the input rows is built once, meets the groups of output rows one after another, and
// its change goes back to every input row: CBOW, and skip-gram over subwords.
void TrainHiddenLayer(const Draft& draft, const DraftRows& rows, const StepOptions& options,
                      TrainingScratch& scratch, LossSample& loss);

// The same with each input row multiplied, value by value, by its weights, which are trained too.
void TrainWeightedLayer(const Draft& draft, const DraftRows& rows, const StepOptions& options,
                        TrainingScratch& scratch, LossSample& loss);

using TrainDraft = decltype(&TrainPairs);

}  // namespace wordkin::train
