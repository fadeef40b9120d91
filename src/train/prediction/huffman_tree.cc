#include "train/prediction/huffman_tree.h"

#include <algorithm>

namespace wordkin::train {
namespace {

// Leaves first, word 0 to size - 1, then inner nodes in the order they are made.
struct Tree {
  std::vector<std::uint32_t> parent;
  std::vector<std::uint8_t> is_left;
};

// Words come by falling count and inner nodes by rising one, so that the two smallest are always
// at the end of the one list or the front of the other: no heap is needed (van Leeuwen 1976).
Tree Build(const std::vector<std::uint64_t>& word_counts) {
  const std::size_t word_count = word_counts.size();
  std::vector<std::uint64_t> counts = word_counts;
  counts.reserve(2 * word_count - 1);
  Tree tree{std::vector<std::uint32_t>(2 * word_count - 1, 0),
            std::vector<std::uint8_t>(2 * word_count - 1, 0)};
  std::size_t words_left = word_count;
  std::size_t next_inner = word_count;
  const auto take_smallest = [&]() -> std::size_t {
    if (words_left > 0 &&
        (next_inner == counts.size() || counts[words_left - 1] < counts[next_inner])) {
      return --words_left;
    }
    return next_inner++;
  };
  while (counts.size() < 2 * word_count - 1) {
    const std::size_t smaller = take_smallest();
    const std::size_t larger = take_smallest();
    tree.parent[smaller] = tree.parent[larger] = static_cast<std::uint32_t>(counts.size());
    tree.is_left[smaller] = 1;
    counts.push_back(counts[smaller] + counts[larger]);
  }
  return tree;
}

}  // namespace

HuffmanTree::HuffmanTree(const Vocabulary& vocabulary) {
  const std::size_t word_count = vocabulary.size();
  std::vector<std::uint64_t> counts(word_count);
  std::uint64_t total = 0;
  for (WordId word = 0; word < word_count; ++word) {
    // Vectors trained further may hold words without a count.
    counts[word] = std::max<std::uint64_t>(vocabulary.Count(word), 1);
    total += counts[word];
  }
  const Tree tree = Build(counts);
  const std::size_t root = 2 * word_count - 2;
  begins_.reserve(word_count + 1);
  begins_.push_back(0);
  for (WordId word = 0; word < word_count; ++word) {
    for (std::size_t node = word; node != root; node = tree.parent[node]) {
      nodes_.push_back(static_cast<std::uint32_t>(tree.parent[node] - word_count));
      is_left_.push_back(tree.is_left[node]);
    }
    std::reverse(nodes_.begin() + begins_.back(), nodes_.end());
    std::reverse(is_left_.begin() + begins_.back(), is_left_.end());
    mean_path_length_ += static_cast<double>(nodes_.size() - begins_.back()) *
                         static_cast<double>(counts[word]) / static_cast<double>(total);
    begins_.push_back(nodes_.size());
  }
}

}  // namespace wordkin::train
