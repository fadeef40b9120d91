#include "train/glove/tile_schedule.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "common/support/random.h"

namespace wordkin::train {
namespace {

std::vector<std::size_t> ShuffledNumbers(std::size_t count, Random& random) {
  std::vector<std::size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) {
    std::swap(numbers[i - 1], numbers[random.Below(static_cast<std::uint32_t>(i))]);
  }
  return numbers;
}

}  // namespace

TileSchedule::TileSchedule(std::size_t group_count, std::uint64_t seed, std::size_t rounds_done)
    : group_count_(group_count),
      rounds_of_row_(group_count, rounds_done),
      rounds_of_column_(group_count, rounds_done),
      row_is_taken_(group_count),
      tiles_taken_(group_count * rounds_done),
      end_round_(group_count) {
  Random random(seed);
  shifts_ = ShuffledNumbers(group_count, random);
  order_ = ShuffledNumbers(group_count, random);
}

// A tile is free when its row and its column have all earlier rounds behind them. Rows that lag
// behind come first, since others wait for them.
std::optional<TileSchedule::Tile> TileSchedule::FindFree() {
  std::optional<Tile> best;
  for (const std::size_t row : order_) {
    const std::size_t round = rounds_of_row_[row];
    if (row_is_taken_[row] || round == end_round_) continue;
    const std::size_t column = (row + shifts_[round]) % group_count_;
    if (rounds_of_column_[column] != round) continue;
    if (!best || round < best->round) best = Tile{round, row, column};
  }
  return best;
}

std::optional<TileSchedule::Tile> TileSchedule::Take() {
  std::unique_lock lock(mutex_);
  while (!stopped_ && tiles_taken_ < group_count_ * end_round_) {
    if (const std::optional<Tile> tile = FindFree()) {
      row_is_taken_[tile->row] = true;
      if (++tiles_taken_ == group_count_ * end_round_) freed_.notify_all();
      return tile;
    }
    freed_.wait(lock);
  }
  return std::nullopt;
}

void TileSchedule::Finish(const Tile& tile) {
  const std::lock_guard lock(mutex_);
  row_is_taken_[tile.row] = false;
  ++rounds_of_row_[tile.row];
  ++rounds_of_column_[tile.column];
  freed_.notify_all();
}

void TileSchedule::EndAfterRound() {
  const std::lock_guard lock(mutex_);
  std::size_t furthest = 0;
  for (std::size_t row = 0; row < group_count_; ++row) {
    furthest = std::max(furthest, rounds_of_row_[row] + (row_is_taken_[row] ? 1 : 0));
  }
  end_round_ = std::min(end_round_, furthest);
  freed_.notify_all();
}

void TileSchedule::Stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  freed_.notify_all();
}

}  // namespace wordkin::train
