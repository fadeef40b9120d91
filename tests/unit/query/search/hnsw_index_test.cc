#include "query/search/hnsw_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/search/packed_graph.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Lt;
using ::testing::SizeIs;

const std::atomic<bool> kGoOn{false};

double RecallAt10(const EmbeddingStore& store, int effort) {
  const HnswIndex index(store, effort);
  std::size_t found = 0;
  std::size_t expected = 0;
  for (WordId id = 0; id < store.size(); id += 23) {
    const std::vector<float> query = RowOf(store, id);
    const SearchRequest request{query, 10, {&id, 1}};
    const std::vector<Neighbor> truth = BruteForce(store, request);
    found += CountFound(truth, index.Search(request));
    expected += truth.size();
  }
  return static_cast<double>(found) / static_cast<double>(expected);
}

TEST(HnswIndex, FindsNearlyAllNeighborsAndMoreWithMoreEffort) {
  OwnedStore store(MakeBunchedTable(1500, 24, 30, 4), Precision::kTwoPlane);
  store.AddGraph({.connectivity = 8, .construction_effort = 60});
  const double with_little = RecallAt10(*store, 10);
  const double with_much = RecallAt10(*store, 200);
  EXPECT_GE(with_much, 0.98);
  EXPECT_THAT(with_little, Lt(with_much));
}

TEST(HnswIndex, WorksAfterABuildInParallel) {
  OwnedStore store(MakeBunchedTable(1000, 24, 30, 4), Precision::kTwoPlane);
  store.AddGraph({.connectivity = 8, .construction_effort = 60, .thread_count = 4});
  EXPECT_GE(RecallAt10(*store, 200), 0.98);
}

TEST(HnswIndex, KnowsWhatItsEffortsAreWorth) {
  OwnedStore store(MakeBunchedTable(1500, 24, 30, 4), Precision::kTwoPlane);
  store.AddGraph({.connectivity = 4, .construction_effort = 60, .thread_count = 3});
  const std::vector<MeasuredEffort> efforts = ReadMeasuredEfforts(*store);
  ASSERT_GE(efforts.size(), 3u);
  for (const MeasuredEffort& each : efforts) {
    EXPECT_NEAR(each.recall, RecallAt10(*store, each.effort), 0.06) << "effort " << each.effort;
    EXPECT_GE(each.scored_rows, 10);
    EXPECT_LE(each.scored_rows, 1500);
  }
  EXPECT_LT(efforts.front().recall, efforts.back().recall);
  EXPECT_LT(efforts.front().scored_rows, efforts.back().scored_rows);
}

TEST(HnswIndex, CountsTheRowItStartsFromAmongThoseCompared) {
  OwnedStore store(MakeTable(12, 8), Precision::kTwoPlane);
  store.AddGraph();
  EXPECT_GE(ReadMeasuredEfforts(*store).front().scored_rows, 12);
}

TEST(HnswIndex, RefusesAStoreWithoutAGraphAndSaysHowToBuildOne) {
  const OwnedStore store(MakeTable(10, 4), Precision::kTwoPlane);
  EXPECT_THAT(Refusal([&] { const HnswIndex index(*store); }, ErrorKind::kNotFound),
              HasSubstr("wordkin index"));
}

TEST(HnswIndex, RefusesAnEffortBelowOne) {
  OwnedStore store(MakeTable(10, 4), Precision::kTwoPlane);
  store.AddGraph();
  EXPECT_THAT(Refusal([&] { const HnswIndex index(*store, 0); }, ErrorKind::kUsage),
              HasSubstr("--effort 0"));
}

TEST(HnswIndex, RefusesADamagedGraphNamingTheSection) {
  OwnedStore store(MakeTable(50, 4), Precision::kTwoPlane);
  std::vector<std::byte> graph = BuildHnswGraph(*store, {}, nullptr, kGoOn);
  graph.pop_back();
  store.SetGraph(graph);
  EXPECT_THAT(Refusal([&] { const HnswIndex index(*store); }), HasSubstr("section graph"));
}

TEST(HnswIndex, RefusesTheGraphOfAnotherStore) {
  const OwnedStore other(MakeTable(49, 4), Precision::kTwoPlane);
  OwnedStore store(MakeTable(50, 4), Precision::kTwoPlane);
  store.SetGraph(BuildHnswGraph(*other, {}, nullptr, kGoOn));
  EXPECT_THAT(Refusal([&] { const HnswIndex index(*store); }), HasSubstr("as many nodes"));
}

TEST(BuildHnswGraph, IsDeterministicInOneThreadAndVariesWithTheSeed) {
  const OwnedStore store(MakeTable(400, 8), Precision::kTwoPlane);
  const auto build = [&](std::uint64_t seed) {
    return BuildHnswGraph(*store, {.connectivity = 4, .seed = seed}, nullptr, kGoOn);
  };
  EXPECT_EQ(build(1), build(1));
  EXPECT_NE(build(1), build(2));
}

TEST(BuildHnswGraph, PassesItsOwnChecksForEveryShape) {
  for (const std::size_t row_count : {1, 2, 3, 64, 65, 500}) {
    const OwnedStore store(MakeTable(row_count, 3), Precision::kInt8);
    for (const int connectivity : {2, 5, 100}) {
      const auto graph = BuildHnswGraph(
          *store, {.connectivity = connectivity, .construction_effort = 20}, nullptr, kGoOn);
      CheckPackedGraph(graph, row_count, "v.kin");
    }
  }
}

TEST(BuildHnswGraph, SurvivesRowsThatAreAllAlikeOrZero) {
  WordRows words;
  for (int i = 0; i < 200; ++i) {
    words.push_back({"w" + std::to_string(i), {i < 100 ? 1.0f : 0.0f, 0.0f}});
  }
  OwnedStore store(TableOf(words), Precision::kFloat32);
  store.AddGraph({.connectivity = 2, .construction_effort = 10});
  const std::vector<float> query{1, 0};
  // Such rows say nothing about the way, so which of them is found is luck.
  EXPECT_THAT(HnswIndex(*store, 200).Search({query, 3, {}}), SizeIs(3));
}

TEST(BuildHnswGraph, ReportsProgressInRisingOrder) {
  const OwnedStore store(MakeTable(3000, 4), Precision::kTwoPlane);
  std::vector<std::size_t> reports;
  BuildHnswGraph(
      *store, {.connectivity = 4, .construction_effort = 10},
      [&](std::size_t rows) { reports.push_back(rows); }, kGoOn);
  ASSERT_FALSE(reports.empty());
  EXPECT_TRUE(std::is_sorted(reports.begin(), reports.end()));
  EXPECT_LE(reports.back(), 3000u);
}

TEST(BuildHnswGraph, ReturnsNothingWhenStopped) {
  const OwnedStore store(MakeTable(3000, 4), Precision::kTwoPlane);
  std::atomic<bool> stop{false};
  EXPECT_THAT(BuildHnswGraph(
                  *store, {}, [&](std::size_t) { stop = true; }, stop),
              IsEmpty());
}

TEST(BuildHnswGraph, CarriesAnExceptionOutOfItsThreads) {
  const OwnedStore store(MakeTable(3000, 4), Precision::kTwoPlane);
  const auto fail = [](std::size_t) { throw Error(ErrorKind::kInputOutput, "no more"); };
  EXPECT_EQ(Refusal([&] { BuildHnswGraph(*store, {.thread_count = 3}, fail, kGoOn); },
                    ErrorKind::kInputOutput),
            "no more");
}

TEST(BuildHnswGraph, RefusesOptionsOutOfRange) {
  const OwnedStore store(MakeTable(10, 4), Precision::kTwoPlane);
  const auto refusal = [&](const HnswOptions& options) {
    return Refusal([&] { BuildHnswGraph(*store, options, nullptr, kGoOn); }, ErrorKind::kUsage);
  };
  EXPECT_THAT(refusal({.connectivity = 1}), HasSubstr("--connectivity must be from 2"));
  EXPECT_THAT(refusal({.connectivity = 101}), HasSubstr("to 100, not 101"));
  EXPECT_THAT(refusal({.construction_effort = 9}), HasSubstr("--construction-effort must be"));
  EXPECT_THAT(refusal({.thread_count = 0}), HasSubstr("--threads must be from 1 to 1024, not 0"));
}

}  // namespace
}  // namespace wordkin::query
