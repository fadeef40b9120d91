#pragma once

#include <cstddef>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "train/prediction/draft.h"

namespace wordkin::train {

// A thread's own copies of the last rows of a matrix, which every step visits: the upper nodes of a
// Huffman tree. Were they shared, each step would wait for them to come from another core's cache.
class HotRows {
 public:
  // Rows from 'first_row' on; 'thread_count' threads have copies of them. Shared rows outlive this.
  HotRows(AlignedMatrix& shared, std::size_t first_row, std::size_t thread_count);

  // Where the row 'id' lies: the copy of a hot one, which counts a visit of this weight.
  float* Visit(RowId id, float weight) {
    if (id < first_row_) return shared_.data() + id * shared_.stride();
    visits_[id - first_row_] += weight;
    return copies_.data() + (id - first_row_) * copies_.stride();
  }
  // Adds what the copies visited since have changed by to the shared rows, without a lock, and
  // takes over what other threads have added.
  void Exchange(float learning_rate);

 private:
  AlignedMatrix& shared_;
  std::size_t first_row_;
  std::size_t thread_count_;
  AlignedMatrix copies_;
  AlignedMatrix taken_;  // the shared rows when they were copied
  std::vector<float> visits_;
};

}  // namespace wordkin::train
