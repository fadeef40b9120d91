// Fast searches against plain ones, on stores that are new in every run.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <random>
#include <set>

#include "common/math/instruction_set.h"
#include "common/math/int8_record.h"
#include "query/search/exact_index.h"
#include "tests/unit/common/math/owned_plane.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

class SearchProperty : public ::testing::Test {
 protected:
  void SetUp() override {
    seed_ = std::random_device{}();
    RecordProperty("seed", std::to_string(seed_));
    std::cout << "seed " << seed_ << "\n";
  }
  void TearDown() override { UseInstructionSet(AvailableInstructionSets().front()); }

  std::uint64_t seed_ = 0;
};

TEST_F(SearchProperty, EveryScanKernelEqualsThePlainLoopBitForBit) {
  for (std::uint64_t round = 0; round < 60; ++round) {
    Random random(MixSeeds(seed_, round));
    const std::size_t row_count = 1 + random.Below(1500);
    const std::size_t dimension = 1 + random.Below(130);
    OwnedPlane rows(row_count, dimension);
    rows.FillAtRandom(random);
    std::vector<ScanQuery> queries(1 + random.Below(kMaxScanQueries));
    for (ScanQuery& query : queries) query = RandomQuery(random, dimension);
    const std::vector<std::string> sets = AvailableInstructionSets();
    UseInstructionSet(sets[random.Below(static_cast<std::uint32_t>(sets.size()))]);
    SCOPED_TRACE(ActiveInstructionSet() + ", round " + std::to_string(round));
    ScoreRows(rows.view(), row_count, queries, [&](const ScoredRun& run) {
      for (std::size_t q = 0; q < queries.size(); ++q) {
        for (std::size_t i = 0; i < run.row_count; ++i) {
          ASSERT_EQ(run.scores[q][i], PlainScore(rows, run.first_row + i, queries[q]));
        }
      }
    });
    std::vector<std::uint8_t> record(Int8RecordBytes(dimension));
    const std::size_t row = random.Below(static_cast<std::uint32_t>(row_count));
    CopyInt8Record(rows.view(), row, record);
    EXPECT_EQ(ScoreInt8Record(ActiveInt8Dot(), record, MakeRecordQuery(queries[0], dimension)),
              PlainScore(rows, row, queries[0]));
  }
}

TEST_F(SearchProperty, ExactSearchAgreesWithBruteForce) {
  std::size_t found = 0;
  std::size_t expected = 0;
  for (std::uint64_t round = 0; round < 9; ++round) {
    Random random(MixSeeds(seed_, round));
    const OwnedStore store(
        MakeBunchedTable(200 + random.Below(2000), 8 + random.Below(100), 40, random.Next64()),
        kAllPrecisions[round % 3]);
    const ExactIndex index(*store);
    for (int i = 0; i < 12; ++i) {
      const WordId word = random.Below(static_cast<std::uint32_t>(store->size()));
      const std::vector<float> query = RowOf(*store, word);
      const SearchRequest request{query, 1 + random.Below(20), {&word, 1}};
      const std::vector<Neighbor> truth = BruteForce(*store, request);
      found += CountFound(truth, index.Search(request));
      expected += truth.size();
    }
  }
  std::cout << "agreement " << static_cast<double>(found) / static_cast<double>(expected) << "\n";
  EXPECT_GE(static_cast<double>(found), 0.999 * static_cast<double>(expected));
}

TEST_F(SearchProperty, GraphSearchStaysWithinTheExactAnswers) {
  std::size_t found = 0;
  std::size_t expected = 0;
  for (std::uint64_t round = 0; round < 5; ++round) {
    Random random(MixSeeds(seed_, round));
    OwnedStore store(
        MakeBunchedTable(300 + random.Below(900), 8 + random.Below(60), 30, random.Next64()),
        kAllPrecisions[round % 3]);
    store.AddGraph({.connectivity = 8 + static_cast<int>(random.Below(12)),
                    .construction_effort = 80,
                    .thread_count = 1 + static_cast<int>(round % 2),
                    .seed = random.Next64()});
    const HnswIndex index(*store, 150);
    for (int i = 0; i < 15; ++i) {
      const WordId word = random.Below(static_cast<std::uint32_t>(store->size()));
      const std::vector<float> query = RowOf(*store, word);
      const std::vector<Neighbor> all = BruteForce(*store, {query, store->size(), {}});
      const std::vector<Neighbor> answers = index.Search({query, 10, {&word, 1}});
      std::set<WordId> distinct;
      for (const Neighbor& answer : answers) {
        EXPECT_TRUE(distinct.insert(answer.id).second);
        EXPECT_NE(answer.id, word);
        const auto same = std::find_if(all.begin(), all.end(), [&](const Neighbor& neighbor) {
          return neighbor.id == answer.id;
        });
        ASSERT_NE(same, all.end());
        EXPECT_EQ(answer.score, same->score);
      }
      const std::vector<Neighbor> truth = BruteForce(*store, {query, 10, {&word, 1}});
      found += CountFound(truth, answers);
      expected += truth.size();
    }
  }
  // Over all graphs: one of few links among bunched rows may miss a little more.
  EXPECT_GE(static_cast<double>(found), 0.95 * static_cast<double>(expected));
}

// Scores of every row by the definition, in double precision.
std::vector<Neighbor> PlainAnalogy(const EmbeddingStore& store, const AnalogyQuery& query,
                                   AnalogyMethod method, std::size_t count) {
  const std::vector<float> a = UnitRowOf(store, query.a.id);
  const std::vector<float> b = UnitRowOf(store, query.b.id);
  const std::vector<float> c = UnitRowOf(store, query.c.id);
  std::vector<Neighbor> all;
  for (WordId id = 0; id < store.size(); ++id) {
    if (id == query.a.id || id == query.b.id || id == query.c.id) continue;
    const std::vector<float> x = UnitRowOf(store, id);
    double to_a = 0, to_b = 0, to_c = 0, along = 0, step = 0, direction = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      to_a += double{x[i]} * a[i];
      to_b += double{x[i]} * b[i];
      to_c += double{x[i]} * c[i];
      along += (double{b[i]} - a[i]) * (double{x[i]} - c[i]);
      step += (double{x[i]} - c[i]) * (double{x[i]} - c[i]);
      direction += (double{b[i]} - a[i]) * (double{b[i]} - a[i]);
    }
    const double score = method == AnalogyMethod::kMultiply
                             ? (to_b + 1) / 2 * (to_c + 1) / 2 / ((to_a + 1) / 2 + 0.001)
                             : along / std::sqrt(step * direction);
    all.push_back({id, static_cast<float>(score)});
  }
  KeepBest(all, count);
  return all;
}

TEST_F(SearchProperty, AnalogiesByNearScoresEqualExactOnesNearlyAlways) {
  for (const AnalogyMethod method : {AnalogyMethod::kMultiply, AnalogyMethod::kDirection}) {
    std::size_t found = 0;
    std::size_t expected = 0;
    for (std::uint64_t round = 0; round < 5; ++round) {
      Random random(MixSeeds(seed_, round));
      const OwnedStore store(
          MakeBunchedTable(500 + random.Below(2000), 10 + random.Below(100), 40, random.Next64()),
          kAllPrecisions[round % 3]);
      const ExactIndex index(*store);
      std::vector<AnalogyQuery> queries(12);
      const auto any_word = [&] { return random.Below(static_cast<std::uint32_t>(store->size())); };
      for (AnalogyQuery& query : queries) {
        query.a = any_word();
        do query.b = any_word();
        while (query.b.id == query.a.id);
        query.c = any_word();
      }
      const auto answers =
          SolveAnalogies(*store, index, queries, {.method = method, .answer_count = 5});
      for (std::size_t i = 0; i < queries.size(); ++i) {
        const std::vector<Neighbor> truth = PlainAnalogy(*store, queries[i], method, 5);
        found += CountFound(truth, answers[i]);
        expected += truth.size();
      }
    }
    const double agreement = static_cast<double>(found) / static_cast<double>(expected);
    std::cout << (method == AnalogyMethod::kMultiply ? "multiply " : "direction ") << agreement
              << "\n";
    EXPECT_GE(agreement, 0.998);
  }
}

}  // namespace
}  // namespace wordkin::query
