#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/store/vocabulary.h"
#include "train/corpus/id_sequence.h"

namespace wordkin::train {

// Where each word stands in a stretch of a corpus of fewer than 2^32 ids. Takes 4 bytes an id and
// 8 a word, while it is built 4 more a word and thread.
class PositionIndex {
 public:
  PositionIndex(std::span<const WordId> ids, std::size_t word_count, int thread_count);

  // Rising.
  std::span<const std::uint32_t> PositionsOf(WordId word) const {
    return {positions_.data() + begins_[word], begins_[word + 1] - begins_[word]};
  }

 private:
  std::vector<std::uint64_t> begins_;  // (word_count + 1)
  std::vector<std::uint32_t> positions_;
};

}  // namespace wordkin::train
