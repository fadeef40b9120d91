#include "query/search/nearest_rows.h"

#include <algorithm>

#include "common/math/vector_kernels.h"
#include "common/support/parallel_for.h"
#include "query/search/search_request.h"

namespace wordkin::query {
namespace {

// Rows that a thread answers together, so that a row read from memory serves all of them.
constexpr std::size_t kRowsTogether = 16;

// Scores beside each other, (rows together x all rows); then the best of each.
class RowBlock {
 public:
  RowBlock(const AlignedMatrix& units, std::size_t first)
      : units_(units),
        first_(first),
        end_(std::min(first + kRowsTogether, units.row_count())),
        candidates_(end_ - first) {}

  void Answer(std::size_t neighbor_count, std::vector<std::vector<Neighbor>>& answers) {
    for (std::vector<Neighbor>& each : candidates_) each.reserve(units_.row_count());
    for (std::size_t other = 0; other < units_.row_count(); ++other) {
      for (std::size_t row = first_; row < end_; ++row) {
        if (row == other) continue;
        const float cosine = Dot(units_.Row(row), units_.Row(other));
        candidates_[row - first_].push_back(
            {static_cast<WordId>(other), std::clamp(cosine, -1.0f, 1.0f)});
      }
    }
    for (std::size_t row = first_; row < end_; ++row) {
      KeepBest(candidates_[row - first_], neighbor_count);
      answers[row].assign(candidates_[row - first_].begin(), candidates_[row - first_].end());
    }
  }

 private:
  const AlignedMatrix& units_;
  std::size_t first_;
  std::size_t end_;
  std::vector<std::vector<Neighbor>> candidates_;
};

}  // namespace

std::vector<std::vector<Neighbor>> NearestRows(const AlignedMatrix& unit_rows,
                                               std::size_t neighbor_count, int thread_count,
                                               const std::atomic<bool>& stop) {
  std::vector<std::vector<Neighbor>> answers(unit_rows.row_count());
  const std::size_t block_count = (unit_rows.row_count() + kRowsTogether - 1) / kRowsTogether;
  ParallelFor(block_count, thread_count, [&](std::size_t block) {
    if (stop) return;
    RowBlock(unit_rows, block * kRowsTogether).Answer(neighbor_count, answers);
  });
  return answers;
}

}  // namespace wordkin::query
