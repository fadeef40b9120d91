#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "common/store/vocabulary.h"
#include "common/support/random.h"
#include "train/prediction/draft.h"
#include "train/prediction/huffman_tree.h"
#include "train/prediction/negative_sampler.h"
#include "train/prediction/subword_rows.h"
#include "train/prediction/training_options.h"

namespace wordkin::train {

// What drafters draw from; outlives them. 'sampler' or 'tree' serves the loss, the other is null;
// 'subwords' is null when words are their own inputs.
struct DraftSources {
  const TrainingOptions& options;
  const NegativeSampler* sampler;
  const HuffmanTree* tree;
  const SubwordRows* subwords;
  RowId first_position;  // row of the leftmost place's weights
};

// Goes over a block of words centre by centre and drafts their steps:
// - skip-gram: the contexts' rows are the inputs, the centre is the one prediction, so that a draw
//   of negatives serves all contexts (Ji et al., arXiv 1604.04661);
// - skip-gram with subwords: the centre's rows are the inputs, each context is a prediction with
//   negatives of its own, as in fastText;
// - CBOW: the contexts' rows are the inputs, the centre is the prediction.
// Window radii are drawn evenly, which weighs near contexts more (arXiv 1301.3781).
class Drafter {
 public:
  virtual ~Drafter() = default;
  // 'words' are subsampled, kSentenceEnd between sentences, and outlive the drafting of the block.
  virtual void Begin(std::span<const WordId> words, Random random) = 0;
  // Appends the steps of the next centres, at most 'step_count', with negatives from 'partition' of
  // the sampler; false when the block is at its end.
  virtual bool DraftSteps(std::size_t step_count, std::size_t partition, Draft& draft) = 0;
};

std::unique_ptr<Drafter> MakeDrafter(const DraftSources& sources);

}  // namespace wordkin::train
