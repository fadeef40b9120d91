// Which words are drawn as negatives while one block is trained: an output row begins at zero, and
// only a draw changes that of a word which the text does not have.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "train/prediction/hogwild_training.h"
#include "train/prediction/lockstep_training.h"

namespace wordkin::train {
namespace {

constexpr std::size_t kPartCount = kShardCount;
constexpr std::size_t kEqualWordCount =
    800;  // all of one count: dealt out evenly, and none is common

Vocabulary EqualWords() {
  std::vector<Vocabulary::Entry> entries;
  for (std::size_t word = 0; word < kEqualWordCount; ++word) {
    entries.push_back({"w" + std::to_string(word), 1});
  }
  return Vocabulary(entries);
}

TrainingOptions OptionsFor(int thread_count) {
  TrainingOptions options;
  options.dimension = 4;
  options.epoch_count = 1;
  options.subsample_threshold = 0;
  options.thread_count = thread_count;
  return options;
}

using TrainStretch = decltype(TrainHogwild);

// Trains the first 'block_count' blocks of a text of 'id_count' words, all of them one of two, and
// returns the share of the vocabulary whose output rows that has changed.
double ShareDrawn(TrainStretch& train, std::size_t id_count, std::uint64_t block_count,
                  int thread_count = 1) {
  const Vocabulary vocabulary = EqualWords();
  const TrainingOptions options = OptionsFor(thread_count);
  TrainingModel model(vocabulary, options, {.most = kPartCount});
  EXPECT_EQ(model.partition_count(), kPartCount);
  std::vector<WordId> ids(id_count);
  for (std::size_t place = 0; place < id_count; ++place) ids[place] = place % 2;
  const BlockSchedule schedule(id_count, options.epoch_count, options.seed);
  EXPECT_LE(block_count, schedule.block_count());
  TrainingMonitor monitor({id_count, id_count, options.epoch_count, model.GuessingLoss()});
  const std::function<bool()> never = [] { return false; };
  EXPECT_EQ(train(model, {schedule, ids, 0, block_count, never}, monitor), block_count);
  std::size_t drawn = 0;
  for (WordId word = 0; word < kEqualWordCount; ++word) {
    drawn += std::ranges::any_of(model.rows().outputs.Row(word), [](float x) { return x != 0; });
  }
  return static_cast<double>(drawn) / kEqualWordCount;
}

// A block of 2048 steps: eight rounds of a shard, and more drafts of a thread. Each word is then
// expected some 13 times; whoever leaves out one of the eight parts misses an eighth of the words.
constexpr std::size_t kIdsForLongBlocks = 64 * 2048;
constexpr double kNearlyAll = 0.99;

TEST(NegativeParts, AreAllDrawnFromByAThreadWithinABlock) {
  for (const int thread_count : {1, 2, 3}) {
    EXPECT_GT(ShareDrawn(TrainHogwild, kIdsForLongBlocks, 1, thread_count), kNearlyAll)
        << thread_count;
  }
}

TEST(NegativeParts, AreAllDrawnFromByAShardWithinABlock) {
  EXPECT_GT(ShareDrawn(TrainLockstep, kIdsForLongBlocks, 1), kNearlyAll);
}

// Blocks of 512 steps are two rounds: shards that went round side by side would see two parts.
TEST(NegativeParts, AreDifferentOnesForShardsOfOneRound) {
  ASSERT_EQ(StepsPerRound(OptionsFor(1)), 256u);
  EXPECT_GT(ShareDrawn(TrainLockstep, kShardCount * 512, kShardCount), kNearlyAll);
}

}  // namespace
}  // namespace wordkin::train
