#pragma once

#include <atomic>
#include <cstdint>
#include <span>

#include "train/prediction/block_schedule.h"
#include "train/prediction/training_model.h"
#include "train/prediction/training_monitor.h"

namespace wordkin::train {

// Blocks of a run from 'begin' up to 'end', in the order of their schedule, as far as 'pause' lets
// them.
struct TrainingStretch {
  const BlockSchedule& schedule;
  std::span<const WordId> ids;
  std::uint64_t begin, end;
  // Asked by several threads at once, before each block or round of blocks.
  const std::function<bool()>& pause;
};

// Steps drafted at a time, with negatives from one part of the sampler: few enough for their lists
// to stay in the innermost cache.
inline constexpr std::size_t kStepsPerDraft = 64;

// Threads take block after block and update the shared rows without locks (Hogwild: Recht et al.,
// NIPS 2011): lost updates are rare and harmless, locks are neither. With one thread the result
// depends on corpus, options and seed alone. Returns the first block that is not done.
std::uint64_t TrainHogwild(TrainingModel& model, const TrainingStretch& stretch,
                           TrainingMonitor& monitor);

}  // namespace wordkin::train
