#pragma once

#include <cstddef>

#include "common/math/aligned_matrix.h"
#include "train/prediction/draft.h"

namespace wordkin::train {

// The rows that a run trains, each matrix dimension wide. The input rows' ids go through 'words',
// then 'buckets', then 'positions'.
struct ModelRows {
  AlignedMatrix words;      // one a word; none with floret's subwords
  AlignedMatrix buckets;    // with subwords: one a bucket that is in use
  AlignedMatrix positions;  // with position weights: one a place of the window, from left to right
  AlignedMatrix outputs;    // one a word: the word as prediction, or an inner node of the tree

  std::size_t input_count() const { return first_position() + positions.row_count(); }
  std::size_t first_position() const { return words.row_count() + buckets.row_count(); }
  float* Input(RowId id) {
    std::size_t row = id;
    for (AlignedMatrix* const matrix : {&words, &buckets}) {
      if (row < matrix->row_count()) return matrix->data() + row * matrix->stride();
      row -= matrix->row_count();
    }
    return positions.data() + row * positions.stride();
  }
  float* Output(RowId id) { return outputs.data() + id * outputs.stride(); }
};

}  // namespace wordkin::train
