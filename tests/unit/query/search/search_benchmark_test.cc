#include "query/search/search_benchmark.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Rows that differ by less than 8 bits tell apart.
EmbeddingTable MakeCrowdedTable() {
  EmbeddingTable table = MakeTable(300, 8);
  for (std::size_t row = 1; row < 300; ++row) {
    for (std::size_t i = 0; i < 8; ++i) {
      table.rows.Row(row)[i] = table.rows.Row(0)[i] + table.rows.Row(row)[i] / 2000;
    }
  }
  return table;
}

TEST(SearchBenchmark, MeasuresEverySearchAgainstBruteForce) {
  OwnedStore store(MakeBunchedTable(600, 24, 30, 4), Precision::kTwoPlane);
  store.AddGraph({.connectivity = 3, .construction_effort = 20});
  std::vector<double> shares;
  const auto measurements = MeasureSearches(
      *store, *store,
      {.query_count = 200, .repetitions = 1, .thread_count = 2, .efforts = {11, 600}},
      [&](double share, std::string_view) { shares.push_back(share); });
  ASSERT_EQ(measurements.size(), 7u);
  EXPECT_EQ(measurements[0].search, "brute-force");
  for (std::size_t i = 1; i <= 4; ++i) {
    EXPECT_EQ(measurements[i].search, "exact");
    EXPECT_EQ(measurements[i].batch, i % 2 == 1 ? 1u : 8u);
    EXPECT_EQ(measurements[i].thread_count, i <= 2 ? 1 : 2);
    EXPECT_GE(measurements[i].recall, 0.999);
  }
  EXPECT_EQ(measurements[5].effort, 11);
  EXPECT_LT(measurements[5].recall, measurements[6].recall);
  for (const SearchMeasurement& each : measurements) EXPECT_GT(each.queries_per_second, 0);
  EXPECT_TRUE(std::ranges::is_sorted(shares));
  EXPECT_LE(shares.back(), 1);
}

TEST(SearchBenchmark, MeasuresRowsOfFourBitsApart) {
  OwnedStore store(MakeBunchedTable(600, 24, 30, 4), Precision::kTwoPlane);
  store.AddNibbles();
  std::vector<std::string> searches;
  std::vector<double> shares;
  for (const SearchMeasurement& each :
       MeasureSearches(*store, *store, {.query_count = 50, .repetitions = 1, .thread_count = 2},
                       [&](double share, std::string_view) { shares.push_back(share); })) {
    searches.push_back(each.search + " " + std::to_string(each.batch) + " " +
                       std::to_string(each.thread_count));
  }
  EXPECT_THAT(searches, ElementsAre("brute-force 1 1", "exact 1 1", "nibbles 1 1", "exact 8 1",
                                    "exact 1 2", "nibbles 1 2", "exact 8 2"));
  EXPECT_LT(shares.back(), 1);
}

TEST(SearchBenchmark, SeesTheErrorsOfCoarserRows) {
  const OwnedStore coarse(MakeCrowdedTable(), Precision::kInt8);
  const OwnedStore exact(MakeCrowdedTable(), Precision::kFloat32);
  const auto measurements = MeasureSearches(*coarse, *exact, {.repetitions = 1}, nullptr);
  EXPECT_EQ(measurements[0].recall, 1);
  EXPECT_LT(measurements[1].recall, 0.9);
}

TEST(SearchBenchmark, ExpectsNothingNearARowOfZeros) {
  EmbeddingTable table = MakeTable(20, 8);
  for (const std::size_t row : {3, 11}) std::ranges::fill(table.rows.Row(row), 0.0f);
  const OwnedStore store(table, Precision::kTwoPlane);
  for (const auto& each : MeasureSearches(*store, *store, {.repetitions = 1}, nullptr)) {
    EXPECT_EQ(each.recall, 1) << each.search;
  }
}

TEST(SearchBenchmark, RefusesAnotherStoresRows) {
  const OwnedStore store(MakeTable(10, 4), Precision::kTwoPlane);
  const OwnedStore other(MakeTable(11, 4), Precision::kTwoPlane);
  EXPECT_THAT(Refusal([&] { MeasureSearches(*store, *other, {}, nullptr); }, ErrorKind::kUsage),
              HasSubstr("same words"));
}

}  // namespace
}  // namespace wordkin::query
