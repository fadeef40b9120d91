#include "common/store/word_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/common/store/store_testing.h"

namespace wordkin {
namespace {

using testing::HasSubstr;

WordSections SectionsOf(const BuiltWordSections& built) {
  return {built.words, built.word_blocks, built.bucket_starts, built.bucket_words};
}

Vocabulary MakeVocabulary(std::size_t word_count) {
  std::vector<Vocabulary::Entry> entries;
  for (std::size_t i = 0; i < word_count; ++i) entries.push_back({"word" + std::to_string(i), 1});
  return Vocabulary(entries);
}

TEST(WordIndex, FindsEveryWordAndNoOther) {
  for (const std::size_t word_count : {1u, 2u, 8u, 9u, 15u, 16u, 17u, 1000u}) {
    const BuiltWordSections built = BuildWordSections(MakeVocabulary(word_count), "v.kin");
    const WordIndex index(SectionsOf(built), word_count, "v.kin");
    for (std::size_t i = 0; i < word_count; ++i) {
      const std::string word = "word" + std::to_string(i);
      ASSERT_EQ(index.Word(static_cast<WordId>(i)), word);
      ASSERT_EQ(index.Find(word), static_cast<WordId>(i));
      ASSERT_EQ(index.Find(word + " "), std::nullopt);
    }
    EXPECT_EQ(index.Find(""), std::nullopt);
  }
}

TEST(WordIndex, KeepsWordsOfEveryLengthOfLength) {
  std::vector<Vocabulary::Entry> entries;
  for (const std::size_t length : {1u, 127u, 128u, 16383u, 16384u, 65536u}) {
    entries.push_back({std::string(length, 'x'), 1});
  }
  const BuiltWordSections built = BuildWordSections(Vocabulary(entries), "v.kin");
  const WordIndex index(SectionsOf(built), entries.size(), "v.kin");
  for (WordId id = 0; id < entries.size(); ++id) {
    EXPECT_EQ(index.Word(id), entries[id].word);
    EXPECT_EQ(index.Find(entries[id].word), id);
  }
}

TEST(WordIndex, TakesOneByteForTheLengthOfAShortWord) {
  const BuiltWordSections built = BuildWordSections(Vocabulary({{"ab", 1}, {"c", 1}}), "v.kin");
  const std::string_view expected("\2ab\1c");
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(built.words.data()), built.words.size()),
            expected);
}

TEST(WordIndex, RefusesAWordThatIsTooLong) {
  const Vocabulary vocabulary({{"a", 1}, {std::string(65537, 'x'), 1}});
  EXPECT_EQ(Refusal([&] { BuildWordSections(vocabulary, "v.kin"); }),
            "cannot write 'v.kin': word 1 has 65537 bytes, and 65536 are the most");
}

TEST(WordIndex, ReadsOnlyLengthsInTheirShortestForm) {
  const auto read = [](std::vector<int> values, std::size_t padding) {
    std::vector<std::byte> bytes;
    for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
    bytes.resize(bytes.size() + padding);
    std::size_t offset = 0;
    return ReadWordLength(bytes, offset);
  };
  EXPECT_EQ(read({5}, 5), 5u);
  EXPECT_EQ(read({5}, 4), std::nullopt) << "the word is cut";
  EXPECT_EQ(read({0}, 5), std::nullopt) << "an empty word";
  EXPECT_EQ(read({0x80, 1}, 200), 128u);
  EXPECT_EQ(read({0x85, 0}, 200), std::nullopt) << "two bytes for 5";
  EXPECT_EQ(read({0x80}, 0), std::nullopt) << "the length is cut";
  EXPECT_EQ(read({0x80, 0x80, 4}, 70000), 65536u);
  EXPECT_EQ(read({0x81, 0x80, 4}, 70000), std::nullopt) << "too long";
  EXPECT_EQ(read({0x80, 0x80, 0x80, 1}, 70000), std::nullopt) << "four bytes";
  EXPECT_EQ(read({}, 0), std::nullopt);
}

TEST(WordIndex, NamesTheSectionThatLeadsAstray) {
  const std::size_t word_count = 40;
  const BuiltWordSections sound = BuildWordSections(MakeVocabulary(word_count), "v.kin");
  const auto find_all = [&](const BuiltWordSections& built) {
    return Refusal([&] {
      const WordIndex index(SectionsOf(built), word_count, "v.kin");
      for (std::size_t i = 0; i < word_count; ++i) index.Find("word" + std::to_string(i));
    });
  };
  EXPECT_EQ(find_all(sound), "");
  BuiltWordSections damaged = sound;
  damaged.word_blocks[1] = 100000;
  EXPECT_THAT(find_all(damaged), HasSubstr("section word-blocks"));
  damaged = sound;
  damaged.words[0] = std::byte{0};
  EXPECT_THAT(find_all(damaged), HasSubstr("section words"));
  damaged = sound;
  damaged.words.back() = std::byte{0xFF};
  damaged.words[damaged.words.size() - 7] = std::byte{0xFF};
  EXPECT_THAT(find_all(damaged), HasSubstr("section words"));
  damaged = sound;
  damaged.bucket_starts[2] = 0xFFFFFFFF;
  EXPECT_THAT(find_all(damaged), HasSubstr("section bucket-starts"));
  damaged = sound;
  damaged.bucket_words[5] = 40;
  EXPECT_THAT(find_all(damaged), HasSubstr("section bucket-words"));
}

}  // namespace
}  // namespace wordkin
