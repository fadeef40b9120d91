#include "query/search/exact_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/math/instruction_set.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using ::testing::Each;
using ::testing::Lt;
using ::testing::SizeIs;

TEST(ExactIndex, OrdersTheWholeVocabularyAsBruteForceDoes) {
  for (const Precision precision : kAllPrecisions) {
    const OwnedStore store(MakeTable(333, 30, 5), precision);
    const ExactIndex index(*store);
    const std::vector<float> query = RowOf(*store, 17);
    const SearchRequest request{query, 333, {}};
    const std::vector<Neighbor> truth = BruteForce(*store, request);
    const std::vector<Neighbor> found = index.Search(request);
    EXPECT_EQ(Ids(found), Ids(truth)) << PrecisionName(precision);
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i].score, truth[i].score);
  }
}

TEST(ExactIndex, AnswersOnlyWithRowsThatTheFilterLeaves) {
  const OwnedStore store(MakeTable(333, 30, 5), Precision::kTwoPlane);
  const std::vector<float> query = RowOf(*store, 17);
  RowFilter filter(333);
  for (WordId row = 0; row < 333; ++row) {
    if (row % 7 != 3) filter.Remove(row);
  }
  std::vector<WordId> expected;
  for (const WordId id : Ids(ExactIndex(*store).Search({query, 333, {}}))) {
    if (id % 7 == 3) expected.push_back(id);
  }
  ASSERT_EQ(expected.size(), 48u);
  EXPECT_EQ(Ids(ExactIndex(*store).Search({query, 333, {}, &filter})), expected);
  // Among few wanted, those that the filter takes away make no room for none.
  expected.resize(5);
  EXPECT_EQ(Ids(ExactIndex(*store).Search({query, 5, {}, &filter})), expected);
}

TEST(ExactIndex, FindsTheSameWithSeveralThreads) {
  // Megabytes of rows, or they are not parted; a limit amid a part, and rows that are alike.
  EmbeddingTable table = MakeTable(7000, 512, 3);
  std::ranges::copy(table.rows.Row(10), table.rows.Row(6500).begin());
  const OwnedStore store(std::move(table), Precision::kInt8);
  RowFilter filter(7000);
  filter.Remove(6501);
  std::vector<std::vector<float>> vectors;
  std::vector<SearchRequest> requests;
  for (WordId id = 10; id < 7000; id += 998) vectors.push_back(RowOf(*store, id));
  for (const std::vector<float>& vector : vectors) requests.push_back({vector, 25, {}, &filter});
  const auto expected = ExactIndex(*store, 6990).SearchBatch(requests);
  const auto found = ExactIndex(*store, 6990, 3).SearchBatch(requests);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    EXPECT_EQ(Ids(found[i]), Ids(expected[i]));
    EXPECT_EQ(Ids(ExactIndex(*store, 6990, 3).Search(requests[i])), Ids(expected[i]));
  }
  EXPECT_EQ(found[0][0].id, 10u);
  EXPECT_EQ(found[0][1].id, 6500u);
}

TEST(ExactIndex, FindsTheSameByRowsOfFourBits) {
  OwnedStore store(MakeBunchedTable(3000, 64, 30, 4), Precision::kTwoPlane);
  std::vector<std::vector<WordId>> expected;
  for (WordId id = 0; id < 3000; id += 101) {
    const std::vector<float> query = RowOf(*store, id);
    expected.push_back(Ids(ExactIndex(*store).Search({query, 10, {}})));
  }
  store.AddNibbles();
  std::size_t same = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::vector<float> query = RowOf(*store, static_cast<WordId>(101 * i));
    for (const int threads : {1, 3}) {
      const ExactIndex index(*store, 0, threads, ScanRows::kNibbles);
      const auto found = Ids(index.Search({query, 10, {}}));
      EXPECT_EQ(found.front(), expected[i].front());
      for (const WordId id : found)
        same += static_cast<std::size_t>(std::ranges::count(expected[i], id));
    }
  }
  EXPECT_GE(same, 2 * expected.size() * 10 * 99 / 100);
}

TEST(ExactIndex, FindsNothingNearZeroByRowsOfFourBits) {
  OwnedStore store(MakeTable(100, 8), Precision::kTwoPlane);
  store.AddNibbles();
  const std::vector<float> zero(8);
  const ExactIndex index(*store, 0, 1, ScanRows::kNibbles);
  EXPECT_THAT(index.Search({zero, 10, {}}), SizeIs(0));
}

TEST(ExactIndex, FindsAWordItselfFirst) {
  const OwnedStore store(MakeTable(1000, 50, 2), Precision::kTwoPlane);
  const ExactIndex index(*store);
  for (WordId id = 0; id < 1000; id += 37) {
    const std::vector<float> query = RowOf(*store, id);
    EXPECT_EQ(index.Search({query, 1, {}}).front().id, id);
  }
}

TEST(ExactIndex, SearchesAmongTheFirstWordsOnlyWhenLimited) {
  const OwnedStore store(MakeTable(100, 8), Precision::kTwoPlane);
  const std::vector<float> query = RowOf(*store, 90);
  const std::vector<WordId> found = Ids(ExactIndex(*store, 21).Search({query, 50, {}}));
  EXPECT_THAT(found, SizeIs(21));
  EXPECT_THAT(found, Each(Lt(21u)));
  EXPECT_THAT(ExactIndex(*store, 1000).Search({query, 1000, {}}), SizeIs(100));
}

TEST(ExactIndex, GivesTheSameAnswersWithEveryInstructionSet) {
  const OwnedStore store(MakeTable(2000, 33, 9), Precision::kInt8);
  const std::vector<float> query = RowOf(*store, 3);
  const ExactIndex index(*store);
  const std::vector<WordId> expected = Ids(index.Search({query, 20, {}}));
  for (const std::string& name : AvailableInstructionSets()) {
    UseInstructionSet(name);
    EXPECT_EQ(Ids(index.Search({query, 20, {}})), expected) << name;
  }
  UseInstructionSet(AvailableInstructionSets().front());
}

}  // namespace
}  // namespace wordkin::query
