#pragma once

#include "common/store/embedding_store.h"
#include "common/store/vocabulary.h"
#include "train/prediction/training_model.h"
#include "train/prediction/training_options.h"
#include "train/run/earlier_rows.h"

namespace wordkin::train {

// Throws kUsage when training with 'options' can not go on from the rows of 'store': another
// dimension, or other ways to subwords.
void CheckRowsFit(const EmbeddingStore& store, const TrainingOptions& options);

// Puts the rows of an earlier run, as 'store' has them, into 'model': words and their predictions
// by word, buckets by number. What the store lacks stays as it is; where it lacks words' own rows
// beside subwords they are worked out from the vectors. Throws as CheckRowsFit, and kDamaged.
void TakeRows(const EmbeddingStore& store, const Vocabulary& vocabulary,
              const TrainingOptions& options, TakenRows taken, TrainingModel& model);

}  // namespace wordkin::train
