#pragma once

#include "common/store/embedding_store.h"
#include "common/store/vocabulary.h"
#include "train/prediction/training_model.h"
#include "train/prediction/training_options.h"
#include "train/run/taken_rows.h"

namespace wordkin::train {

// Puts the rows of an earlier run, as 'store' has them, into 'model': words and their predictions
// by word, buckets by number. What the store lacks stays as it is; where it lacks words' own rows
// beside subwords they are worked out from the vectors. Throws kUsage when the dimensions or the
// ways to subwords do not fit together, and kDamaged.
void TakeRows(const EmbeddingStore& store, const Vocabulary& vocabulary,
              const TrainingOptions& options, TakenRows taken, TrainingModel& model);

}  // namespace wordkin::train
