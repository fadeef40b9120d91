#pragma once

#include <cstdint>

#include "train/prediction/hogwild_training.h"
#include "train/prediction/training_model.h"
#include "train/prediction/training_monitor.h"

namespace wordkin::train {

// As many blocks as this are trained side by side, whatever the number of threads, each by a shard.
inline constexpr std::size_t kShardCount = 8;

// Steps of a shard in a round. More would save waiting and copies, but rows that all shards train
// at once would run further apart; those of frequent n-grams do so soonest.
std::size_t StepsPerRound(const TrainingOptions& options);

// Trains so that the result is the same bit for bit at any number of threads. Shards go through
// their blocks in rounds of some steps. In a round every shard first drafts its steps and marks the
// rows they touch; a row of one shard alone is trained where it lies; of a row that several share
// each trains a copy of its own, and at the end of the round the changes of all copies are added
// to the row in the order of the shards. So a row's value depends on the round, not on who came
// first. Returns the first block that is not done.
std::uint64_t TrainLockstep(TrainingModel& model, const TrainingStretch& stretch,
                            TrainingMonitor& monitor);

}  // namespace wordkin::train
