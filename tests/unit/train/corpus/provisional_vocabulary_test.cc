#include "train/corpus/provisional_vocabulary.h"

#include <gtest/gtest.h>

#include <string>

#include "common/store/vocabulary.h"

namespace wordkin::train {
namespace {

TEST(ProvisionalVocabulary, NumbersWordsInTheOrderOfTheirFirstAppearance) {
  ProvisionalVocabulary vocabulary;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < 20'000; ++i) {
      const std::string word = "word" + std::to_string(i);
      ASSERT_EQ(vocabulary.Add(word, WordHash(word), i + 1), i);
    }
  }
  ASSERT_EQ(vocabulary.entries().size(), 20'000u);
  EXPECT_EQ(vocabulary.entries()[12'345].word(), "word12345");
  EXPECT_EQ(vocabulary.entries()[12'345].count, 2u * 12'346);
}

TEST(ProvisionalVocabulary, TellsWordsApartWhoseHashesAreTheSame) {
  ProvisionalVocabulary vocabulary;
  EXPECT_EQ(vocabulary.Add("one", 42), 0u);
  EXPECT_EQ(vocabulary.Add("two", 42), 1u);
  EXPECT_EQ(vocabulary.Add("on", 42), 2u);
  EXPECT_EQ(vocabulary.Add("two", 42), 1u);
  EXPECT_EQ(vocabulary.entries()[1].count, 2u);
}

}  // namespace
}  // namespace wordkin::train
