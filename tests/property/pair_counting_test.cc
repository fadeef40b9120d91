// Counting pairs against a plain double loop, in memory and on disk, on any number of threads.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "common/support/random.h"
#include "tests/unit/train/never_stop.h"
#include "train/corpus/id_sequence.h"
#include "train/glove/count_pairs.h"
#include "train/glove/count_rows.h"
#include "train/glove/distance_weights.h"

namespace wordkin::train {
namespace {

using Counts = std::map<std::pair<WordId, WordId>, std::uint64_t>;

std::vector<WordId> RandomIds(std::size_t count, std::size_t word_count, Random& random) {
  std::vector<WordId> ids(count);
  for (WordId& id : ids) {
    const float draw = random.NextFloat();
    id = random.Below(12) == 0 ? kSentenceEnd
                               : static_cast<WordId>(draw * draw * static_cast<float>(word_count));
  }
  return ids;
}

Counts PlainCounts(const std::vector<WordId>& ids, int window) {
  const DistanceWeights weights = WeightsForWindow(window);
  Counts counts;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] == kSentenceEnd) continue;
    for (std::size_t j = i + 1; j < ids.size() && ids[j] != kSentenceEnd; ++j) {
      if (j - i > static_cast<std::size_t>(window)) break;
      // A word near itself counts from either side, as in the original.
      const std::uint64_t times = ids[i] == ids[j] ? 2 : 1;
      counts[std::minmax(ids[i], ids[j])] += times * weights.weights[j - i - 1];
    }
  }
  return counts;
}

Counts CountsOf(const PairCounts& counts) {
  Counts result;
  std::uint64_t pairs = 0;
  for (const CountBlock& block : counts.blocks()) {
    CountRowReader reader(block.bytes, block.first_row, counts.word_count());
    std::uint64_t in_block = 0;
    while (reader.Next()) {
      for (const PairCount& pair : reader.pairs()) {
        EXPECT_TRUE(result.emplace(std::pair(pair.context, reader.row()), pair.count).second);
      }
      in_block += reader.pairs().size();
    }
    EXPECT_EQ(in_block, block.pair_count);
    pairs += in_block;
  }
  EXPECT_EQ(pairs, counts.pair_count());
  return result;
}

TEST(PairCounting, AgreesWithADoubleLoop) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const std::size_t word_count = 1 + random.Below(400);
    const auto ids = RandomIds(random.Below(3000), word_count, random);
    GloveOptions options;
    options.window_radius = 1 + static_cast<int>(random.Below(25));
    options.thread_count = 1 + static_cast<int>(random.Below(4));
    EXPECT_EQ(CountsOf(CountPairs(ids, word_count, options, {}, kNeverStop)),
              PlainCounts(ids, options.window_radius));
  }
}

// 140,000 ids with no memory at all become three runs on disk, whose seams lie inside sentences.
TEST(PairCounting, GivesTheSameFromDisk) {
  Random random(7);
  const auto ids = RandomIds(140'000, 300, random);
  GloveOptions options;
  const Counts expected = PlainCounts(ids, options.window_radius);
  for (const int threads : {1, 3}) {
    options.thread_count = threads;
    options.memory_bytes = 4'000'000'000;
    EXPECT_EQ(CountsOf(CountPairs(ids, 300, options, {}, kNeverStop)), expected);
    for (const std::uint64_t memory : {0, 300'000}) {
      options.memory_bytes = memory;
      EXPECT_EQ(CountsOf(CountPairs(ids, 300, options, {}, kNeverStop)), expected) << memory;
    }
  }
}

}  // namespace
}  // namespace wordkin::train
