#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "common/store/vocabulary.h"
#include "common/text/subwords.h"
#include "train/prediction/draft.h"

namespace wordkin::train {

// The input rows of each word of a vocabulary with subwords. Only buckets that some word of the
// vocabulary falls into have a row: of fastText's two millions mostly a fraction, and the others
// would never be trained.
class SubwordRows {
 public:
  SubwordRows(const Vocabulary& vocabulary, const SubwordOptions& options);

  // Its own row first, where words have one, then its buckets'; at least one. Valid while this
  // lives.
  std::span<const RowId> RowsOf(WordId word) const {
    return {rows_.data() + begins_[word], begins_[word + 1] - begins_[word]};
  }
  // Rising; the i-th has the row word_row_count() + i.
  const std::vector<std::uint32_t>& buckets() const { return buckets_; }
  // floret's words have no rows of their own.
  std::size_t word_row_count() const { return word_row_count_; }

 private:
  std::size_t word_row_count_;
  std::vector<std::uint32_t> buckets_;
  std::vector<std::uint64_t> begins_;
  std::vector<RowId> rows_;
};

}  // namespace wordkin::train
