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
// has the same bits whatever the number of threads, and between two rounds the work can be left and
// taken up again. Thread-safe.
class TileSchedule {
 public:
  struct Tile {
    std::size_t round;
    std::size_t row;
    std::size_t column;
  };

  // Goes on after 'rounds_done' of the group_count rounds.
  TileSchedule(std::size_t group_count, std::uint64_t seed, std::size_t rounds_done = 0);

  // Waits until a tile is free; nullopt when all of the last round were handed out or after Stop().
  // Each tile must be given back by Finish().
  std::optional<Tile> Take();
  void Finish(const Tile& tile);
  // Begins no further round: ends when all rows have come to the one that is furthest.
  void EndAfterRound();
  // Ends the waiting of all, anywhere.
  void Stop();
  // Once all is done or ended after a round: the rounds behind.
  std::size_t rounds_done() const { return end_round_; }

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
  std::size_t tiles_taken_;  // those of earlier rounds included
  std::size_t end_round_;
  bool stopped_ = false;
};

}  // namespace wordkin::train
