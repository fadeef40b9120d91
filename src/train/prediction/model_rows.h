#pragma once

#include <cstddef>

#include "common/math/aligned_matrix.h"
#include "train/prediction/draft.h"

namespace wordkin::train {

// The rows that a run trains, each matrix dimension wide. The input rows' ids go through 'words',
// then through 'buckets'.
struct ModelRows {
  AlignedMatrix words;    // one a word; none with floret's subwords
  AlignedMatrix buckets;  // with subwords: one a bucket that is in use
  AlignedMatrix outputs;  // one a word: the word as prediction, or an inner node of the tree

  std::size_t input_count() const { return words.row_count() + buckets.row_count(); }
  float* Input(RowId id) {
    const std::size_t word_count = words.row_count();
    return id < word_count ? words.data() + id * words.stride()
                           : buckets.data() + (id - word_count) * buckets.stride();
  }
  float* Output(RowId id) { return outputs.data() + id * outputs.stride(); }
};

}  // namespace wordkin::train
