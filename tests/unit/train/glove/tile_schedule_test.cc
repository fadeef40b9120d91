#include "train/glove/tile_schedule.h"

#include <gtest/gtest.h>

#include <chrono>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "common/support/random.h"

namespace wordkin::train {
namespace {

constexpr std::size_t kGroups = 7;

// For each row the columns that it met in their order, then for each column the rows. Tiles take
// unequal times, and none at work may share a row or a column.
std::vector<std::vector<std::size_t>> OrdersOf(std::uint64_t seed, std::size_t thread_count) {
  TileSchedule schedule(kGroups, seed);
  std::vector<std::vector<std::size_t>> orders(2 * kGroups);
  std::vector<int> at_work(2 * kGroups);
  std::mutex mutex;
  const auto work = [&](std::size_t thread) {
    Random random(thread);
    while (const auto tile = schedule.Take()) {
      const std::size_t row = tile->row, column = kGroups + tile->column;
      {
        const std::lock_guard lock(mutex);
        EXPECT_EQ(++at_work[row], 1);
        EXPECT_EQ(++at_work[column], 1);
        orders[row].push_back(tile->column);
        orders[column].push_back(tile->row);
      }
      std::this_thread::sleep_for(std::chrono::microseconds(random.Below(300)));
      {
        const std::lock_guard lock(mutex);
        --at_work[row];
        --at_work[column];
      }
      schedule.Finish(*tile);
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < thread_count; ++i) threads.emplace_back(work, i);
  }
  return orders;
}

TEST(TileSchedule, HandsOutEachTileOnce) {
  for (const auto& order : OrdersOf(5, 1)) {
    EXPECT_EQ(order.size(), kGroups);
    EXPECT_EQ(std::set(order.begin(), order.end()).size(), kGroups);
  }
}

TEST(TileSchedule, KeepsTheOrderOfEachRowAndColumnHoweverManyAreAtWork) {
  const auto one = OrdersOf(5, 1);
  for (const std::size_t threads : {2, 3, 7, 12}) EXPECT_EQ(OrdersOf(5, threads), one) << threads;
  EXPECT_NE(OrdersOf(6, 1), one);
}

TEST(TileSchedule, LetsThreadsEndWhenAllIsDoneOrStopped) {
  for (const bool stops : {false, true}) {
    TileSchedule schedule(kGroups, 1);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&, i] {
        int count = 0;
        while (const auto tile = schedule.Take()) {
          schedule.Finish(*tile);
          if (stops && i == 0 && ++count == 2) schedule.Stop();
        }
      });
    }
  }
}

// Ends after the round at hand, then goes on with a new schedule, until all rounds are done.
TEST(TileSchedule, GoesOnBetweenAnyTwoRoundsInTheSameOrder) {
  const auto whole = OrdersOf(5, 1);
  for (const std::size_t thread_count : {1, 3}) {
    std::vector<std::vector<std::size_t>> orders(2 * kGroups);
    std::mutex mutex;
    std::size_t rounds = 0;
    std::size_t schedules = 0;
    for (; rounds < kGroups; ++schedules) {
      TileSchedule schedule(kGroups, 5, rounds);
      const auto work = [&] {
        while (const auto tile = schedule.Take()) {
          {
            const std::lock_guard lock(mutex);
            orders[tile->row].push_back(tile->column);
            orders[kGroups + tile->column].push_back(tile->row);
          }
          schedule.EndAfterRound();
          schedule.Finish(*tile);
        }
      };
      {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < thread_count; ++i) threads.emplace_back(work);
      }
      ASSERT_GT(schedule.rounds_done(), rounds);
      rounds = schedule.rounds_done();
      for (const auto& order : orders) EXPECT_EQ(order.size(), rounds);
    }
    EXPECT_EQ(orders, whole);
    EXPECT_TRUE(thread_count > 1 || schedules == kGroups) << schedules;
  }
}

}  // namespace
}  // namespace wordkin::train
