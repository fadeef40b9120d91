#include "train/prediction/block_schedule.h"

#include <gtest/gtest.h>

#include <vector>

namespace wordkin::train {
namespace {

TEST(BlockSchedule, HandsOutEveryIdOnceAnEpoch) {
  for (const std::size_t id_count : {1u, 511u, 512u, 513u, 100'000u, 5'000'001u}) {
    BlockSchedule schedule(id_count, 3, 7);
    std::vector<std::vector<std::uint8_t>> seen(3, std::vector<std::uint8_t>(id_count));
    double last_fraction = -1;
    while (const auto block = schedule.Next()) {
      ASSERT_LT(block->begin, block->end);
      ASSERT_LE(block->end, id_count);
      for (std::size_t i = block->begin; i < block->end; ++i) ++seen[block->epoch][i];
      EXPECT_GT(block->fraction_done, last_fraction);
      EXPECT_LT(block->fraction_done, 1);
      last_fraction = block->fraction_done;
    }
    EXPECT_EQ(seen,
              (std::vector<std::vector<std::uint8_t>>(3, std::vector<std::uint8_t>(id_count, 1))));
  }
}

TEST(BlockSchedule, ShufflesBySeed) {
  const auto first_begins = [](std::uint64_t seed) {
    BlockSchedule schedule(1'000'000, 1, seed);
    std::vector<std::size_t> begins;
    for (int i = 0; i < 10; ++i) begins.push_back(schedule.Next()->begin);
    return begins;
  };
  EXPECT_EQ(first_begins(1), first_begins(1));
  EXPECT_NE(first_begins(1), first_begins(2));
}

TEST(BlockSchedule, CutsShortCorporaIntoManyBlocks) {
  BlockSchedule schedule(64 * 600, 1, 1);
  int blocks = 0;
  while (schedule.Next()) ++blocks;
  EXPECT_EQ(blocks, 64);
}

TEST(BlockSchedule, HasNothingToHandOutOfNothing) { EXPECT_FALSE(BlockSchedule(0, 5, 1).Next()); }

}  // namespace
}  // namespace wordkin::train
