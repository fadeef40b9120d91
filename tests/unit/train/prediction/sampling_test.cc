#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "train/prediction/negative_sampler.h"
#include "train/prediction/subsampler.h"

namespace wordkin::train {
namespace {

Vocabulary MakeVocabulary(const std::vector<std::uint64_t>& counts) {
  std::vector<Vocabulary::Entry> entries;
  for (const std::uint64_t count : counts) {
    entries.push_back({"w" + std::to_string(entries.size()), count});
  }
  return Vocabulary(entries);
}

constexpr double kExponent = 0.75;

TEST(NegativeSampler, DrawsByCountToThePowerOfTheExponent) {
  const std::vector<std::uint64_t> counts = {10000, 1000, 500, 100, 10, 1};
  for (const double exponent : {0.0, 0.5, 0.75, 1.0}) {
    SCOPED_TRACE(exponent);
    const NegativeSampler sampler(MakeVocabulary(counts), exponent, {});
    double total = 0;
    for (const auto count : counts) total += std::pow(count, exponent);
    Random random(3);
    constexpr int kDraws = 1'000'000;
    std::vector<int> drawn(counts.size());
    for (int i = 0; i < kDraws; ++i) ++drawn[sampler.Draw(0, random)];
    for (std::size_t word = 0; word < counts.size(); ++word) {
      const double expected = kDraws * std::pow(counts[word], exponent) / total;
      EXPECT_NEAR(drawn[word], expected, 5 * std::sqrt(expected)) << word;
    }
  }
}

TEST(NegativeSampler, DealsUncommonWordsOutAndKeepsCommonOnesInAllParts) {
  std::vector<std::uint64_t> counts;
  for (int rank = 1; rank <= 20000; ++rank) counts.push_back(1'000'000 / rank + 5);
  const Vocabulary vocabulary = MakeVocabulary(counts);
  const NegativeSampler sampler(vocabulary, kExponent, {.most = 4, .draws_in_turn = 1000});
  const NegativeSampler whole(vocabulary, kExponent, {});
  ASSERT_EQ(sampler.partition_count(), 4u);
  constexpr int kDraws = 400'000;
  Random random(4);
  std::vector<std::vector<int>> drawn(5, std::vector<int>(counts.size()));
  for (int i = 0; i < kDraws; ++i) {
    for (std::size_t part = 0; part < 4; ++part) ++drawn[part][sampler.Draw(part, random)];
    ++drawn[4][whole.Draw(0, random)];
  }
  // A word drawn so often is expected 16 times in 4 x 1000 draws.
  const double bound = kDraws * 16.0 / 4000;
  int common = 0, found = 0;
  for (std::size_t word = 0; word < counts.size(); ++word) {
    const double expected = drawn[4][word];
    int parts = 0, times = 0;
    for (int part = 0; part < 4; ++part) {
      parts += drawn[part][word] > 0;
      times += drawn[part][word];
    }
    found += parts > 0;
    if (expected > 1.2 * bound) {
      ++common;
      for (int part = 0; part < 4; ++part) {
        EXPECT_NEAR(drawn[part][word], expected, 10 * std::sqrt(expected)) << word;
      }
    } else if (expected < 0.8 * bound) {
      EXPECT_LE(parts, 1) << word;
      EXPECT_NEAR(times / 4.0, expected, 10 * std::sqrt(expected + 1)) << word;
    }
  }
  EXPECT_GE(common, 5);
  EXPECT_GT(found, 19'900);
}

TEST(NegativeSampler, HasOnePartWhereAllWordsAreCommon) {
  const NegativeSampler sampler(MakeVocabulary(std::vector<std::uint64_t>(100, 5)), kExponent,
                                {.most = 8, .draws_in_turn = 1000});
  EXPECT_EQ(sampler.partition_count(), 1u);
}

TEST(NegativeSampler, HasNoPartWithoutWords) {
  const NegativeSampler sampler(MakeVocabulary({3, 2, 1}), kExponent,
                                {.most = 8, .draws_in_turn = 0});
  ASSERT_EQ(sampler.partition_count(), 3u);
  Random random(6);
  std::set<WordId> drawn;
  for (std::size_t part = 0; part < 3; ++part) drawn.insert(sampler.Draw(part, random));
  EXPECT_EQ(drawn, (std::set<WordId>{0, 1, 2}));
}

// Five uncommon words for eight parts: a part without any would be drawn from in vain.
TEST(NegativeSampler, HasNoPartOfCommonWordsAlone) {
  std::vector<std::uint64_t> counts(20, 1'000'000);
  counts.insert(counts.end(), 5, 1);
  const NegativeSampler sampler(MakeVocabulary(counts), kExponent,
                                {.most = 8, .draws_in_turn = 1000});
  EXPECT_EQ(sampler.partition_count(), 5u);
}

TEST(NegativeSampler, FindsAnotherWordWhereOneIsNearlyAll) {
  const NegativeSampler sampler(MakeVocabulary({1'000'000'000'000, 1}), kExponent, {});
  Random random(8);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(sampler.DrawOther(0, 0, random), 1u);
    EXPECT_EQ(sampler.DrawOther(1, 0, random), 0u);
  }
}

TEST(NegativeSampler, DrawsWordsWithoutCounts) {
  const NegativeSampler sampler(MakeVocabulary({0, 0, 0}), kExponent, {});
  Random random(5);
  std::set<WordId> drawn;
  for (int i = 0; i < 1000; ++i) drawn.insert(sampler.Draw(0, random));
  EXPECT_EQ(drawn, (std::set<WordId>{0, 1, 2}));
}

TEST(Subsampler, KeepsWordsWithTheProbabilityOfTheirFrequency) {
  // Relative frequencies 0.9, 0.0999 and 0.0001, threshold 1e-3.
  const Subsampler subsampler(MakeVocabulary({90000, 9990, 10}), 1e-3);
  Random random(6);
  constexpr int kDraws = 1'000'000;
  for (const auto& [word, frequency] : {std::pair{0u, 0.9}, std::pair{1u, 0.0999}}) {
    int kept = 0;
    for (int i = 0; i < kDraws; ++i) kept += subsampler.Keeps(word, random);
    const double expected = kDraws * (std::sqrt(1e-3 / frequency) + 1e-3 / frequency);
    EXPECT_NEAR(kept, expected, 5 * std::sqrt(expected)) << word;
  }
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(subsampler.Keeps(2, random));
}

TEST(Subsampler, KeepsEverythingAtAThresholdOfZero) {
  const Subsampler subsampler(MakeVocabulary({1'000'000, 1}), 0);
  Random random(7);
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(subsampler.Keeps(0, random));
}

}  // namespace
}  // namespace wordkin::train
