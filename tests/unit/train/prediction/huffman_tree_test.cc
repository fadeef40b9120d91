#include "train/prediction/huffman_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "common/support/random.h"

namespace wordkin::train {
namespace {

Vocabulary WithCounts(const std::vector<std::uint64_t>& counts) {
  std::vector<Vocabulary::Entry> entries;
  for (const std::uint64_t count : counts) {
    entries.push_back({"w" + std::to_string(entries.size()), count});
  }
  return Vocabulary(entries);
}

TEST(HuffmanTree, GivesFrequentWordsShortPaths) {
  // By hand: c and d meet first (3), then b (6), then a.
  const HuffmanTree tree(WithCounts({10, 3, 2, 1}));
  const auto nodes = [&](WordId word) {
    const auto path = tree.PathTo(word).nodes;
    return std::vector<std::uint32_t>(path.begin(), path.end());
  };
  const auto turns = [&](WordId word) {
    const auto path = tree.PathTo(word).is_left;
    return std::vector<int>(path.begin(), path.end());
  };
  EXPECT_EQ(nodes(0), (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(nodes(1), (std::vector<std::uint32_t>{2, 1}));
  EXPECT_EQ(nodes(2), (std::vector<std::uint32_t>{2, 1, 0}));
  EXPECT_EQ(nodes(3), (std::vector<std::uint32_t>{2, 1, 0}));
  EXPECT_EQ(turns(0), (std::vector<int>{0}));
  EXPECT_EQ(turns(3), (std::vector<int>{1, 1, 1}));
  EXPECT_EQ(turns(2), (std::vector<int>{1, 1, 0}));
  EXPECT_NEAR(tree.mean_path_length(), (10 + 3 * 2 + 2 * 3 + 1 * 3) / 16.0, 1e-12);
}

TEST(HuffmanTree, IsAPrefixCodeWithinABitOfTheEntropy) {
  Random random(3);
  for (const std::size_t word_count : {2u, 3u, 100u, 5000u}) {
    std::vector<std::uint64_t> counts;
    for (std::size_t i = 0; i < word_count; ++i) counts.push_back(1 + random.Below(100000));
    std::sort(counts.rbegin(), counts.rend());
    const HuffmanTree tree(WithCounts(counts));
    double total = 0, entropy = 0, kraft = 0;
    for (const std::uint64_t count : counts) total += static_cast<double>(count);
    std::map<std::string, WordId> codes;
    for (WordId word = 0; word < word_count; ++word) {
      const double share = static_cast<double>(counts[word]) / total;
      entropy -= share * std::log2(share);
      kraft += std::exp2(-static_cast<double>(tree.PathTo(word).nodes.size()));
      std::string code;
      for (const std::uint8_t turn : tree.PathTo(word).is_left) code += turn ? '1' : '0';
      EXPECT_TRUE(codes.emplace(code, word).second);
    }
    EXPECT_NEAR(kraft, 1, 1e-9);
    EXPECT_GE(tree.mean_path_length(), entropy - 1e-9);
    EXPECT_LE(tree.mean_path_length(), entropy + 1);
  }
}

TEST(HuffmanTree, TakesWordsWithoutCounts) {
  EXPECT_EQ(HuffmanTree(WithCounts({0, 0})).PathTo(1).nodes.size(), 1u);
}

}  // namespace
}  // namespace wordkin::train
