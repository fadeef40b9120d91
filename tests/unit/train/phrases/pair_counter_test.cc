#include "train/phrases/pair_counter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "train/corpus/id_sequence.h"

namespace wordkin::train {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

using Counts = std::map<std::pair<WordId, WordId>, std::uint64_t>;

Counts Collect(const AdjacentPairs& counts) {
  Counts all;
  for (const PairTable& table : counts.partitions) {
    for (const PairTable::Slot& slot : table.slots()) {
      if (slot.count == 0) continue;
      EXPECT_TRUE(
          all.emplace(std::pair(FirstOfPair(slot.key), SecondOfPair(slot.key)), slot.count).second);
    }
  }
  return all;
}

AdjacentPairs Count(const std::vector<WordId>& ids, const std::vector<std::uint8_t>& eligible,
                    std::uint64_t max_pairs = 1'000'000, int thread_count = 2) {
  return CountAdjacentPairs(ids, eligible, max_pairs, thread_count, {}, std::atomic<bool>(false));
}

std::vector<WordId> RandomIds(std::size_t count, WordId word_count) {
  std::mt19937 random(11);
  std::vector<WordId> ids;
  while (ids.size() < count) {
    ids.push_back(static_cast<WordId>(random() % (1 + random() % word_count)));
  }
  return ids;
}

TEST(PairCounter, CountsNeighboursOfOneLineThatAreEligible) {
  const std::vector<WordId> ids = {0, 0, 0, 1, kSentenceEnd, 1, 2, 0, 1};
  EXPECT_THAT(Collect(Count(ids, {1, 1, 0})),
              ElementsAre(Pair(Pair(0u, 0u), 2u), Pair(Pair(0u, 1u), 2u)));
  EXPECT_TRUE(Collect(Count({}, {1})).empty());
}

TEST(PairCounter, CountsAcrossTheChunksOfManyThreads) {
  const std::vector<WordId> ids = RandomIds(1'500'000, 300);
  Counts plain;
  for (std::size_t i = 1; i < ids.size(); ++i) ++plain[{ids[i - 1], ids[i]}];
  const std::vector<std::uint8_t> eligible(300, 1);
  for (const int thread_count : {1, 3}) {
    EXPECT_EQ(Collect(Count(ids, eligible, 1'000'000, thread_count)), plain);
  }
}

TEST(PairCounter, DropsRarePairsToKeepItsLimitAndTellsTheLoss) {
  const std::vector<WordId> ids = RandomIds(400'000, 3000);
  Counts plain;
  for (std::size_t i = 1; i < ids.size(); ++i) ++plain[{ids[i - 1], ids[i]}];
  const std::vector<std::uint8_t> eligible(3000, 1);
  constexpr std::uint64_t kMaxPairs = 20'000;
  ASSERT_GT(plain.size(), kMaxPairs);
  const AdjacentPairs one = Count(ids, eligible, kMaxPairs, 1);
  const AdjacentPairs many = Count(ids, eligible, kMaxPairs, 5);
  EXPECT_EQ(Collect(one), Collect(many));
  EXPECT_EQ(one.dropped_pairs, many.dropped_pairs);
  EXPECT_GT(one.dropped_pairs, 0u);
  const Counts kept = Collect(one);
  EXPECT_LE(kept.size(), kMaxPairs);
  for (const auto& [pair, count] : plain) {
    const auto place = kept.find(pair);
    const std::uint64_t counted = place == kept.end() ? 0 : place->second;
    ASSERT_LE(counted, count);
    ASSERT_LE(count - counted, one.largest_loss);
  }
}

TEST(PairCounter, StopsEarly) {
  const std::vector<WordId> ids = RandomIds(1000, 10);
  const AdjacentPairs counts = CountAdjacentPairs(ids, std::vector<std::uint8_t>(10, 1), 1000, 1,
                                                  {}, std::atomic<bool>(true));
  EXPECT_TRUE(Collect(counts).empty());
}

}  // namespace
}  // namespace wordkin::train
