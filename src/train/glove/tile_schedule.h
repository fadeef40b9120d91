#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

namespace wordkin::train {

// A square of (group_count x group_count) tiles, each handed out once, so that tiles trained at
// the same time share neither rows nor columns and every row and every column meets its tiles in
// an order that is drawn from the seed alone: rounds of a Latin square, shuffled. So the outcome
// has the same bits whatever the number of threads. Thread-safe.
class TileSchedule {
 public:
  struct Tile {
    std::size_t row;
    std::size_t column;
  };

  TileSchedule(std::size_t group_count, std::uint64_t seed);

  // Waits until a tile is free; nullopt when all were handed out or after Stop(). Each tile must
  // be given back by Finish().
  std::optional<Tile> Take();
  void Finish(const Tile& tile);
  // Ends the waiting of all.
  void Stop();

 private:
  std::optional<Tile> FindFree();

  std::size_t group_count_;
  std::vector<std::size_t> shifts_;  // by round: tile (row, row + shift) belongs to it
  std::vector<std::size_t> order_;   // in which rows are looked at
  std::mutex mutex_;
  std::condition_variable freed_;
  // Rounds that each row and column has behind it; every round touches each of them once.
  std::vector<std::size_t> rounds_of_row_;
  std::vector<std::size_t> rounds_of_column_;
  std::vector<bool> row_is_taken_;
  std::size_t tiles_left_;
  bool stopped_ = false;
};

}  // namespace wordkin::train
