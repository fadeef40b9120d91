#include "train/prediction/block_schedule.h"

#include <gtest/gtest.h>

#include <vector>

namespace wordkin::train {
namespace {

TEST(BlockSchedule, HoldsEveryIdOnceAnEpoch) {
  for (const std::size_t id_count : {1u, 511u, 512u, 513u, 100'000u, 5'000'001u}) {
    const BlockSchedule schedule(id_count, 3, 7);
    std::vector<std::vector<std::uint8_t>> seen(3, std::vector<std::uint8_t>(id_count));
    double last_fraction = -1;
    for (std::uint64_t sequence = 0; sequence < schedule.block_count(); ++sequence) {
      const Block block = schedule.At(sequence);
      ASSERT_LT(block.begin, block.end);
      ASSERT_LE(block.end, id_count);
      for (std::size_t i = block.begin; i < block.end; ++i) ++seen[block.epoch][i];
      EXPECT_GT(block.fraction_done, last_fraction);
      EXPECT_LT(block.fraction_done, 1);
      last_fraction = block.fraction_done;
    }
    EXPECT_EQ(seen,
              (std::vector<std::vector<std::uint8_t>>(3, std::vector<std::uint8_t>(id_count, 1))));
  }
}

TEST(BlockSchedule, ShufflesBySeed) {
  const auto first_begins = [](std::uint64_t seed) {
    BlockSchedule schedule(1'000'000, 1, seed);
    std::vector<std::size_t> begins;
    for (int i = 0; i < 10; ++i) begins.push_back(schedule.At(i).begin);
    return begins;
  };
  EXPECT_EQ(first_begins(1), first_begins(1));
  EXPECT_NE(first_begins(1), first_begins(2));
}

TEST(BlockSchedule, CutsShortCorporaIntoManyBlocks) {
  const BlockSchedule schedule(64 * 600, 2, 1);
  EXPECT_EQ(schedule.blocks_per_epoch(), 64u);
  EXPECT_EQ(schedule.block_count(), 128u);
}

TEST(BlockSchedule, HasNoBlocksOfNothing) { EXPECT_EQ(BlockSchedule(0, 5, 1).block_count(), 0u); }

}  // namespace
}  // namespace wordkin::train
