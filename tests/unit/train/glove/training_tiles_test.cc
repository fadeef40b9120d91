#include "train/glove/training_tiles.h"
#include "tests/unit/train/never_stop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/support/error.h"
#include "common/support/random.h"
#include "train/glove/count_pairs.h"
#include "train/glove/count_rows.h"

namespace wordkin::train {
namespace {

const std::atomic<bool> kNeverStop{false};
constexpr std::uint64_t kPlenty = 1 << 30;

// Frequent words by the square of an even draw.
PairCounts Count(std::size_t word_count, std::size_t id_count, const GloveOptions& options) {
  Random random(3);
  std::vector<WordId> ids(id_count);
  for (WordId& id : ids) {
    const float draw = random.NextFloat();
    id = static_cast<WordId>(draw * draw * static_cast<float>(word_count));
  }
  return CountPairs(ids, word_count, options, {}, kNeverStop);
}

std::vector<PairRecord> AllRecords(const TrainingTiles& tiles) {
  std::vector<PairRecord> all;
  for (std::size_t row = 0; row < tiles.group_count(); ++row) {
    for (std::size_t column = 0; column < tiles.group_count(); ++column) {
      const auto records = tiles.Records(row, column);
      all.insert(all.end(), records.begin(), records.end());
    }
  }
  return all;
}

bool Same(const TrainingTiles& a, const TrainingTiles& b) {
  return a.group_count() == b.group_count() &&
         std::ranges::equal(AllRecords(a), AllRecords(b), [](const auto& x, const auto& y) {
           return x.word == y.word && x.context == y.context && x.count == y.count;
         });
}

TEST(TrainingTiles, HoldBothRecordsOfEveryPairOnce) {
  GloveOptions options;
  const PairCounts counts = Count(3000, 40'000, options);
  std::map<std::pair<WordId, WordId>, float> expected;
  for (const CountBlock& block : counts.blocks()) {
    CountRowReader reader(block.bytes, block.first_row, 3000);
    while (reader.Next()) {
      for (const PairCount& pair : reader.pairs()) {
        const auto count = static_cast<float>(static_cast<double>(pair.count) / 2520);
        expected[{reader.row(), pair.context}] = count;
        expected[{pair.context, reader.row()}] = count;
      }
    }
  }
  const TrainingTiles tiles(counts, options, kPlenty, kNeverStop);
  EXPECT_GT(tiles.group_count(), 10u);
  EXPECT_EQ(tiles.record_count(), expected.size());
  for (std::size_t row = 0; row < tiles.group_count(); ++row) {
    for (std::size_t column = 0; column < tiles.group_count(); ++column) {
      for (const PairRecord& record : tiles.Records(row, column)) {
        const WordId word = tiles.GroupBegin(row) + record.word;
        const WordId context = tiles.GroupBegin(column) + record.context;
        ASSERT_LT(word, tiles.GroupBegin(row + 1));
        ASSERT_LT(context, tiles.GroupBegin(column + 1));
        const auto found = expected.find({word, context});
        ASSERT_NE(found, expected.end()) << word << ' ' << context;
        ASSERT_EQ(found->second, record.count);
        expected.erase(found);
      }
    }
  }
  EXPECT_TRUE(expected.empty());
}

TEST(TrainingTiles, HaveGroupsWithAboutEquallyManyRecords) {
  GloveOptions options;
  const TrainingTiles tiles(Count(3000, 40'000, options), options, kPlenty, kNeverStop);
  const double even =
      static_cast<double>(tiles.record_count()) / static_cast<double>(tiles.group_count());
  for (std::size_t row = 0; row < tiles.group_count(); ++row) {
    std::size_t records = 0;
    for (std::size_t column = 0; column < tiles.group_count(); ++column) {
      records += tiles.Records(row, column).size();
    }
    EXPECT_LT(static_cast<double>(records), 1.5 * even) << row;
  }
}

TEST(TrainingTiles, AreTheSameFromDiskAndFromAnyNumberOfThreads) {
  GloveOptions options;
  const PairCounts counts = Count(800, 6'000, options);
  const TrainingTiles expected(counts, options, kPlenty, kNeverStop);
  EXPECT_GT(expected.group_count(), 5u);
  for (const int threads : {1, 2, 4}) {
    options.thread_count = threads;
    EXPECT_TRUE(Same(TrainingTiles(counts, options, kPlenty, kNeverStop), expected)) << threads;
    // Tile by tile, some tiles at a time, all at once.
    for (const std::uint64_t memory : {0, 100'000, 1'000'000'000}) {
      options.memory_bytes = memory;
      EXPECT_TRUE(Same(TrainingTiles(counts, options, 0, kNeverStop), expected)) << memory;
    }
  }
}

TEST(TrainingTiles, WorkForTwoWords) {
  GloveOptions options;
  const TrainingTiles tiles(Count(2, 10, options), options, kPlenty, kNeverStop);
  EXPECT_EQ(tiles.group_count(), 1u);
  EXPECT_EQ(tiles.record_count(), 4u);
}

TEST(TrainingTiles, SayWhichFolderIsMissing) {
  GloveOptions options;
  const PairCounts counts = Count(300, 1'000, options);
  options.scratch_folder = "/no/such/folder";
  try {
    const TrainingTiles tiles(counts, options, 0, kNeverStop);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInputOutput);
    EXPECT_NE(std::string(error.what()).find("'/no/such/folder'"), std::string::npos);
  }
}

}  // namespace
}  // namespace wordkin::train
