#include "query/search/vector_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <thread>

#include "query/search/exact_index.h"
#include "query/search/hnsw_index.h"
#include "tests/unit/query/query_testing.h"

// What every index promises. The stores are so small that the graph search sees all of them.

namespace wordkin::query {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

const WordRows kCompass = {{"north", {0, 1}}, {"east", {1, 0}},      {"south", {0, -2}},
                           {"west", {-3, 0}}, {"northeast", {2, 2}}, {"nowhere", {0, 0}},
                           {"north2", {0, 1}}};

struct IndexKind {
  const char* name;
  bool needs_graph;
};

class EveryIndex : public ::testing::TestWithParam<IndexKind> {
 protected:
  void Open(const EmbeddingTable& table) {
    store_ = std::make_unique<OwnedStore>(table, Precision::kTwoPlane);
    if (GetParam().needs_graph) {
      store_->AddGraph();
      index_ = std::make_unique<HnswIndex>(**store_, 100);
    } else {
      index_ = std::make_unique<ExactIndex>(**store_);
    }
  }
  std::vector<WordId> Search(const std::vector<float>& vector, std::size_t count,
                             const std::vector<WordId>& excluded = {}) const {
    return Ids(index_->Search({vector, count, excluded}));
  }

  std::unique_ptr<OwnedStore> store_;
  std::unique_ptr<VectorIndex> index_;
};

TEST_P(EveryIndex, FindsTheNearestFirstAndEqualOnesById) {
  Open(TableOf(kCompass));
  EXPECT_THAT(Search({0.1f, 1}, 4), ElementsAre(0, 6, 4, 1));
}

TEST_P(EveryIndex, ScoresByCosine) {
  Open(TableOf(kCompass));
  const std::vector<float> north{0, 10};
  const std::vector<Neighbor> found = index_->Search({north, 7, {}});
  ASSERT_THAT(Ids(found), ElementsAre(0, 6, 4, 1, 3, 5, 2));
  const std::vector<float> cosines{1, 1, std::sqrt(0.5f), 0, 0, 0, -1};
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i].score, cosines[i], 1e-5);
}

TEST_P(EveryIndex, ReturnsFewerThanKWhenTheStoreIsSmaller) {
  Open(TableOf(kCompass));
  EXPECT_THAT(Search({1, 1}, 1000), SizeIs(7));
  EXPECT_THAT(Search({1, 1}, std::numeric_limits<std::size_t>::max(), {4}), SizeIs(6));
}

TEST_P(EveryIndex, ReturnsNoneWhenAskedForNone) {
  Open(TableOf(kCompass));
  EXPECT_THAT(Search({1, 1}, 0), IsEmpty());
}

TEST_P(EveryIndex, LeavesOutExcludedWordsAndStillFillsTheAnswer) {
  Open(TableOf(kCompass));
  EXPECT_THAT(Search({0.1f, 1}, 2, {0, 4}), ElementsAre(6, 1));
  EXPECT_THAT(Search({0.1f, 1}, 2, {6, 6, 0}), ElementsAre(4, 1));
}

TEST_P(EveryIndex, FindsNothingForTheZeroVector) {
  Open(TableOf(kCompass));
  EXPECT_THAT(Search({0, 0}, 3), IsEmpty());
}

TEST_P(EveryIndex, DoesNotMindTheLengthOfTheVector) {
  Open(TableOf(kCompass));
  EXPECT_THAT(Search({1e37f, 3e38f}, 2), ElementsAre(0, 6));
  EXPECT_THAT(Search({1e-41f, 1e-40f}, 2), ElementsAre(0, 6));
}

TEST_P(EveryIndex, RefusesAVectorOfAnotherDimension) {
  Open(TableOf(kCompass));
  for (const std::size_t dimension : {0, 1, 3}) {
    EXPECT_THAT(Refusal([&] { Search(std::vector<float>(dimension, 1.0f), 1); }, ErrorKind::kUsage),
                HasSubstr(std::to_string(dimension) + " values"));
  }
}

TEST_P(EveryIndex, RefusesAVectorThatIsNotFinite) {
  Open(TableOf(kCompass));
  for (const float value : {kNan, kInfinity, -kInfinity}) {
    EXPECT_THAT(Refusal([&] { Search({1, value}, 1); }, ErrorKind::kUsage), HasSubstr("infinity"));
  }
}

TEST_P(EveryIndex, SearchesAStoreOfOneRow) {
  Open(TableOf({{"alone", {0.5f, 0.5f, 0.5f}}}));
  EXPECT_THAT(Search({1, 0, 0}, 5), ElementsAre(0));
  EXPECT_THAT(Search({1, 0, 0}, 5, {0}), IsEmpty());
}

TEST_P(EveryIndex, AnswersABatchAsOneByOne) {
  Open(MakeTable(300, 10));
  std::vector<std::vector<float>> vectors;
  std::vector<SearchRequest> requests;
  const std::vector<WordId> excluded{3, 4};
  for (WordId id = 0; id < 21; ++id) vectors.push_back(RowOf(**store_, id));
  vectors[5].assign(10, 0.0f);
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    requests.push_back({vectors[i], i % 4 * 7, excluded});
  }
  const auto answers = index_->SearchBatch(requests);
  ASSERT_THAT(answers, SizeIs(requests.size()));
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const auto alone = index_->Search(requests[i]);
    EXPECT_EQ(Ids(answers[i]), Ids(alone)) << i;
    for (std::size_t j = 0; j < alone.size(); ++j) EXPECT_EQ(answers[i][j].score, alone[j].score);
  }
  EXPECT_THAT(index_->SearchBatch({}), IsEmpty());
}

TEST_P(EveryIndex, ServesSeveralThreadsAtOnce) {
  Open(MakeTable(500, 16));
  std::vector<std::vector<WordId>> expected;
  for (WordId id = 0; id < 40; ++id) expected.push_back(Search(RowOf(**store_, id), 5));
  std::vector<std::vector<std::vector<WordId>>> found(3);
  std::vector<std::thread> threads;
  for (auto& of_thread : found) {
    threads.emplace_back([&] {
      for (WordId id = 0; id < 40; ++id) of_thread.push_back(Search(RowOf(**store_, id), 5));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& of_thread : found) EXPECT_EQ(of_thread, expected);
}

INSTANTIATE_TEST_SUITE_P(Both, EveryIndex,
                         ::testing::Values(IndexKind{"exact", false}, IndexKind{"hnsw", true}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace wordkin::query
