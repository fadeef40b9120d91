#include "query/space/duplicates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<AlikePair> Find(const EmbeddingStore& store, const DuplicateOptions& options) {
  const std::atomic<bool> stop{false};
  return FindDuplicates(store, options, nullptr, stop);
}

// Every pair compared in float32.
std::vector<AlikePair> PlainPairs(const EmbeddingStore& store, float least_score) {
  std::vector<AlikePair> pairs;
  for (WordId b = 0; b < store.size(); ++b) {
    for (WordId a = 0; a < b; ++a) {
      const float score = Dot(UnitRowOf(store, a), UnitRowOf(store, b));
      if (score >= least_score) pairs.push_back({a, b, score});
    }
  }
  std::ranges::sort(pairs, [](const AlikePair& x, const AlikePair& y) {
    if (x.score != y.score) return x.score > y.score;
    return x.first != y.first ? x.first < y.first : x.second < y.second;
  });
  return pairs;
}

void ExpectSame(std::span<const AlikePair> found, std::span<const AlikePair> expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].first, expected[i].first) << i;
    EXPECT_EQ(found[i].second, expected[i].second) << i;
    EXPECT_NEAR(found[i].score, expected[i].score, 1e-6);
  }
}

TEST(FindDuplicates, FindsThePairsThatAPlainComparisonFinds) {
  const OwnedStore store(MakeBunchedTable(331, 24, 3, 9), Precision::kTwoPlane);
  const std::vector<AlikePair> all = PlainPairs(*store, 0.85f);
  ASSERT_GT(all.size(), 100u);
  for (const int threads : {1, 3}) {
    ExpectSame(Find(*store, {.least_score = 0.85f, .pair_count = 1000, .thread_count = threads}),
               all);
    ExpectSame(Find(*store, {.least_score = 0.85f, .pair_count = 20, .thread_count = threads}),
               std::span(all).first(20));
  }
}

TEST(FindDuplicates, OrdersEqualPairsByTheirWordsAndSkipsZeroRows) {
  const OwnedStore store(TableOf({{"a", {1, 0}},
                                  {"b", {0, 0}},
                                  {"c", {2, 0}},
                                  {"d", {0, 0}},
                                  {"e", {3, 0}},
                                  {"f", {0, 1}}}),
                         Precision::kTwoPlane);
  const auto pairs = Find(*store, {.least_score = 0, .pair_count = 3});
  ASSERT_THAT(pairs, SizeIs(3));
  EXPECT_EQ(pairs[0].first, 0u);
  EXPECT_EQ(pairs[0].second, 2u);
  EXPECT_EQ(pairs[1].second, 4u);
  EXPECT_EQ(pairs[2].first, 2u);
}

TEST(FindDuplicates, PairsNoZeroRowWithOthers) {
  // By 8 bits each is as near to the zero rows as a cosine can be.
  const OwnedStore store(TableOf({{"a", {0, 0}}, {"b", {1, 0}}, {"c", {0, 0}}, {"d", {-1, 0}}}),
                         Precision::kTwoPlane);
  const auto pairs = Find(*store, {.least_score = -1});
  ASSERT_THAT(pairs, SizeIs(1));
  EXPECT_EQ(pairs[0].first, 1u);
  EXPECT_EQ(pairs[0].second, 3u);
  EXPECT_NEAR(pairs[0].score, -1, 1e-6);
}

// By 8 bits the small values of one are 1, of the other 0, and there are many.
TEST(FindDuplicates, FindsAPairThatEightBitsTakeFarApart) {
  constexpr std::size_t kDimension = 4000;
  EmbeddingTable table = MakeTable(3, kDimension);
  for (std::size_t i = 0; i < kDimension; ++i) {
    const float sign = i % 2 == 0 ? 1.0f : -1.0f;
    table.rows.Row(0)[i] = i == 0 ? 1.0f : 0.0040f * sign;
    table.rows.Row(2)[i] = i == 0 ? 1.0f : 0.0038f * sign;
  }
  for (const Precision precision : {Precision::kTwoPlane, Precision::kFloat32}) {
    const OwnedStore store(table, precision);
    const auto pairs = Find(*store, {.least_score = 0.99f});
    ASSERT_THAT(pairs, SizeIs(1));
    EXPECT_EQ(pairs[0].first, 0u);
    EXPECT_EQ(pairs[0].second, 2u);
    EXPECT_GT(pairs[0].score, 0.9998f);
  }
}

TEST(FindDuplicates, LooksOnlyAtWordsThatCount) {
  const OwnedStore store(MakeBunchedTable(90, 16, 3, 9), Precision::kTwoPlane);
  RowFilter filter(90);
  for (WordId id = 0; id < 90; id += 3) filter.Remove(id);
  for (const AlikePair& pair : Find(*store, {.least_score = 0.5f, .filter = &filter})) {
    EXPECT_NE(pair.first % 3, 0u);
    EXPECT_NE(pair.second % 3, 0u);
  }
  for (const AlikePair& pair : Find(*store, {.least_score = 0.5f, .limit_vocabulary = 10})) {
    EXPECT_LT(pair.second, 10u);
  }
  EXPECT_THAT(Find(*store, {.least_score = 0.5f, .limit_vocabulary = 1}), IsEmpty());
}

TEST(FindDuplicates, TellsHowFarItIsAndStops) {
  const OwnedStore store(MakeTable(200, 8, 9), Precision::kTwoPlane);
  std::vector<double> heard;
  std::atomic<bool> stop{false};
  const auto progress = [&](double part) { heard.push_back(part); };
  FindDuplicates(*store, {}, progress, stop);
  ASSERT_FALSE(heard.empty());
  EXPECT_TRUE(std::ranges::is_sorted(heard));
  EXPECT_NEAR(heard.back(), 1, 1e-9);
  heard.clear();
  stop = true;
  EXPECT_THAT(FindDuplicates(*store, {}, progress, stop), IsEmpty());
  EXPECT_THAT(heard, IsEmpty());
}

}  // namespace
}  // namespace wordkin::query
