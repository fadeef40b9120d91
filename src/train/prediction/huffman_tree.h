#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "common/store/vocabulary.h"

namespace wordkin::train {

// The Huffman tree of a vocabulary's counts (Huffman 1952), for hierarchical softmax: frequent
// words have short paths. Inner nodes are numbered 0 to size - 2; the root is the last.
class HuffmanTree {
 public:
  struct Path {
    std::span<const std::uint32_t> nodes;  // inner nodes from the root down
    // One a node: 1 where the path goes to the child of smaller count, which word2vec codes as 0
    // and trains towards a score above zero.
    std::span<const std::uint8_t> is_left;
  };

  // At least two words, by falling count.
  explicit HuffmanTree(const Vocabulary& vocabulary);

  // Valid while the tree lives.
  Path PathTo(WordId word) const {
    const std::size_t begin = begins_[word];
    const std::size_t length = begins_[word + 1] - begin;
    return {{nodes_.data() + begin, length}, {is_left_.data() + begin, length}};
  }
  // Mean path length, weighted by count.
  double mean_path_length() const { return mean_path_length_; }

 private:
  std::vector<std::uint64_t> begins_;
  std::vector<std::uint32_t> nodes_;
  std::vector<std::uint8_t> is_left_;
  double mean_path_length_ = 0;
};

}  // namespace wordkin::train
