#include "train/glove/tile_schedule.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace wordkin::train {
namespace {

using Tiles = std::vector<std::pair<std::size_t, std::size_t>>;

constexpr std::size_t kGroups = 7;

// Takes up to 'at_once' tiles before one of them, not always the first, is given back. Returns for
// each row the columns it met in their order, then for each column the rows.
std::vector<std::vector<std::size_t>> OrdersOf(std::uint64_t seed, std::size_t at_once) {
  TileSchedule schedule(kGroups, seed);
  std::vector<std::vector<std::size_t>> orders(2 * kGroups);
  std::vector<TileSchedule::Tile> open;
  std::size_t taken = 0;
  while (taken < kGroups * kGroups || !open.empty()) {
    // With one tile open another may be free or not: only what surely is free is asked for.
    while (taken < kGroups * kGroups &&
           (open.empty() || (taken % kGroups != 0 && open.size() < at_once))) {
      const auto tile = schedule.Take();
      EXPECT_TRUE(tile.has_value());
      for (const TileSchedule::Tile& other : open) {
        EXPECT_NE(other.row, tile->row);
        EXPECT_NE(other.column, tile->column);
      }
      orders[tile->row].push_back(tile->column);
      orders[kGroups + tile->column].push_back(tile->row);
      open.push_back(*tile);
      ++taken;
    }
    const std::size_t last = open.size() - 1;
    schedule.Finish(open[last]);
    open.pop_back();
  }
  EXPECT_FALSE(schedule.Take().has_value());
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
  EXPECT_EQ(OrdersOf(5, 2), one);
  EXPECT_EQ(OrdersOf(5, kGroups), one);
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

}  // namespace
}  // namespace wordkin::train
