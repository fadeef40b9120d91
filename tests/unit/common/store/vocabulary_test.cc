#include "common/store/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/unit/common/store/store_testing.h"

namespace wordkin {
namespace {

using testing::HasSubstr;

TEST(Vocabulary, GivesWordsIdsInTheirOrder) {
  const Vocabulary vocabulary({{"the", 9}, {"king", 4}, {"Straße", 1}});
  ASSERT_EQ(vocabulary.size(), 3u);
  EXPECT_EQ(vocabulary.Word(0), "the");
  EXPECT_EQ(vocabulary.Word(2), "Straße");
  EXPECT_EQ(vocabulary.Count(1), 4u);
  EXPECT_EQ(vocabulary.total_count(), 14u);
  EXPECT_EQ(vocabulary.Find("king"), WordId{1});
  EXPECT_EQ(vocabulary.Find("Straße"), WordId{2});
  EXPECT_EQ(vocabulary.Find("King"), std::nullopt);
  EXPECT_EQ(vocabulary.Find(""), std::nullopt);
}

TEST(Vocabulary, FindsEachOfManyWordsAndNoOther) {
  std::vector<Vocabulary::Entry> entries;
  for (int i = 0; i < 10000; ++i) entries.push_back({"word" + std::to_string(i), 1});
  const Vocabulary vocabulary(entries);
  for (WordId id = 0; id < entries.size(); ++id) {
    ASSERT_EQ(vocabulary.Find(entries[id].word), id);
    ASSERT_EQ(vocabulary.Find(entries[id].word + "x"), std::nullopt);
  }
}

TEST(Vocabulary, IsEmptyWithoutEntries) {
  for (const Vocabulary& vocabulary :
       {Vocabulary(), Vocabulary(std::vector<Vocabulary::Entry>())}) {
    EXPECT_EQ(vocabulary.size(), 0u);
    EXPECT_EQ(vocabulary.total_count(), 0u);
    EXPECT_EQ(vocabulary.Find("word"), std::nullopt);
  }
}

TEST(Vocabulary, KeepsWordsThatHoldNulAndSpaces) {
  const std::string word("a\0b c", 5);
  const Vocabulary vocabulary({{word, 1}, {"a", 1}});
  EXPECT_EQ(vocabulary.Word(0), word);
  EXPECT_EQ(vocabulary.Find(word), WordId{0});
  EXPECT_EQ(vocabulary.Find("a"), WordId{1});
}

TEST(Vocabulary, RefusesEmptyRepeatedAndIllFormedWordsByNumber) {
  const auto refusal = [](const std::vector<Vocabulary::Entry>& entries) {
    return Refusal([&] { const Vocabulary vocabulary(entries); });
  };
  EXPECT_EQ(refusal({{"a", 1}, {"", 1}}), "word 1 is empty");
  EXPECT_EQ(refusal({{"a", 1}, {"b", 1}, {"a", 1}}), "word 2 'a' repeats word 0");
  EXPECT_THAT(refusal({{"a\xFF", 1}}), HasSubstr("word 0 'a\uFFFD' is not valid UTF-8"));
}

TEST(WordHash, NeverChanges) {
  // The index of every store ever written depends on it. XXH3's own test values, seed 0.
  EXPECT_EQ(WordHash(""), 0x2D06800538D394C2u);
  EXPECT_EQ(WordHash("a"), 0xE6C632B61E964E1Fu);
  EXPECT_EQ(WordHash("abc"), 0x78AF5F94892F3950u);
}

}  // namespace
}  // namespace wordkin
