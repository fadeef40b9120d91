#include "common/text/suggestions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "common/text/utf8.h"

namespace wordkin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Suggest(std::string_view word, const std::vector<std::string>& candidates,
                                 std::size_t limit = 3) {
  Suggestions suggestions(word, limit);
  for (const std::string& candidate : candidates) suggestions.Offer(candidate);
  return suggestions.Best();
}

TEST(Suggestions, AreTheNearestFirst) {
  EXPECT_THAT(Suggest("kitten", {"sitting", "mitten", "kitchen", "dog", "kittens"}),
              ElementsAre("mitten", "kittens", "kitchen"));
}

TEST(Suggestions, CountASwapOfNeighboursAsOneEdit) {
  EXPECT_THAT(Suggest("teh", {"the", "ten", "ethereal"}), ElementsAre("the", "ten"));
  EXPECT_THAT(Suggest("ab", {"ba"}), ElementsAre("ba"));
}

TEST(Suggestions, CountCaseAsHalfAnEdit) {
  EXPECT_THAT(Suggest("paris", {"pares", "Paris"}), ElementsAre("Paris", "pares"));
  EXPECT_THAT(Suggest("\u00E9cole", {"\u00E9colo", "\u00C9cole"}),
              ElementsAre("\u00C9cole", "\u00E9colo"));
}

TEST(Suggestions, KeepTheOfferedOrderAmongEquals) {
  EXPECT_THAT(Suggest("cat", {"bat", "hat", "rat", "mat"}), ElementsAre("bat", "hat", "rat"));
}

TEST(Suggestions, StayWithinAThirdOfTheWord) {
  EXPECT_THAT(Suggest("cat", {"cow", "dog"}), IsEmpty());
  EXPECT_THAT(Suggest("x", {"y", "xyz"}), ElementsAre("y"));
  EXPECT_THAT(Suggest("international", {"internatoinl", "interstellar"}),
              ElementsAre("internatoinl"));
}

TEST(Suggestions, MeasureCodePointsNotBytes) {
  EXPECT_THAT(Suggest("\u6771\u4EAC\u90FD", {"\u6771\u4EAC", "\u6771\u6771\u6771"}),
              ElementsAre("\u6771\u4EAC"));
}

TEST(Suggestions, BearEmptyBrokenAndEndlessWords) {
  EXPECT_THAT(Suggest("", {"a", "ab", ""}), ElementsAre("", "a"));
  EXPECT_THAT(Suggest("\xFF", {"a", ""}), ElementsAre("a", ""));
  EXPECT_THAT(Suggest("cat", {std::string(100'000, 'c')}), IsEmpty());
  EXPECT_THAT(Suggest("cat", {"cat"}, 0), IsEmpty());
}

// The textbook matrix in full.
int PlainHalfEdits(const std::u32string& a, const std::u32string& b) {
  const auto lower = [](char32_t c) { return c >= U'A' && c <= U'Z' ? c + 32 : c; };
  std::vector<std::vector<int>> cost(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = 2 * static_cast<int>(i + j);
        continue;
      }
      const auto replace = [&](char32_t x, char32_t y) {
        return x == y ? 0 : lower(x) == lower(y) ? 1 : 2;
      };
      cost[i][j] = std::min({cost[i - 1][j] + 2, cost[i][j - 1] + 2,
                             cost[i - 1][j - 1] + replace(a[i - 1], b[j - 1])});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
          lower(a[i - 2]) == lower(b[j - 1])) {
        const int cases = (a[i - 1] != b[j - 2]) + (a[i - 2] != b[j - 1]);
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 2 + cases);
      }
    }
  }
  return cost[a.size()][b.size()];
}

TEST(Suggestions, AgreeWithTheWholeMatrixOnRandomWords) {
  std::mt19937 random(7);
  const auto random_word = [&](std::size_t longest) {
    std::string word;
    for (std::size_t length = 1 + random() % longest; length > 0; --length) {
      word.push_back("abcABC"[random() % 6]);
    }
    return word;
  };
  for (int round = 0; round < 300; ++round) {
    const std::string word = random_word(12);
    std::vector<std::string> candidates;
    for (int i = 0; i < 60; ++i) candidates.push_back(random_word(14));
    const int allowed = 2 * static_cast<int>(std::clamp<std::size_t>(word.size() / 3, 1, 3));
    std::vector<std::pair<int, std::string>> expected;
    for (const std::string& candidate : candidates) {
      const int half_edits = PlainHalfEdits(ToCodePoints(word), ToCodePoints(candidate));
      if (half_edits <= allowed) expected.emplace_back(half_edits, candidate);
    }
    std::stable_sort(expected.begin(), expected.end(),
                     [](const auto& x, const auto& y) { return x.first < y.first; });
    if (expected.size() > 5) expected.resize(5);
    std::vector<std::string> words;
    for (const auto& [half_edits, candidate] : expected) words.push_back(candidate);
    EXPECT_EQ(Suggest(word, candidates, 5), words) << word;
  }
}

}  // namespace
}  // namespace wordkin
