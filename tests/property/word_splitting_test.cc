// The splitter gives the same words whatever the blocks cut, and what it folds by its fast way is
// what utf8proc makes of the whole word.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <utf8proc.h>

#include <random>

#include "common/text/utf8.h"
#include "common/text/word_characters.h"
#include "tests/unit/common/support/temporary_folder.h"
#include "tests/unit/common/text/recorded_words.h"

namespace wordkin {
namespace {

// Characters that have a part in some rule, and bytes that are no characters.
std::string RandomText(std::mt19937& random, std::size_t piece_count) {
  const std::string pieces[] = {"a",          "B",          "7",          "'",
                                "\u2019",     "\u200C",     "\u200D",     "\u00AD",
                                "\u0301",     "\u00DF",     "\u0130",     "\u1112",
                                "\u1161",     "\u11AB",     "\uAC00",     "\u6771",
                                "\u304B",     "\u3099",     "\uFF76",     "\uFF9E",
                                "\u0E01",     "\u0E33",     "\u3007",     "\U00020000",
                                "\U000E0100", "\u3000",     "\u00A0",     "\uFEFF",
                                "\u2028",     "\r",         "\n",         " ",
                                ".",          "\u3001",     "\uFE0F",     "\u2764",
                                "\x80",       "\xC3",       "\xE3",       "\xE3\x80",
                                "\xF0\x9F",   "\U0001F600", "\U00010400", std::string(1, '\0')};
  std::string text;
  for (std::size_t i = 0; i < piece_count; ++i) {
    const std::string& piece = pieces[random() % std::size(pieces)];
    const std::size_t times = random() % 400 == 0 ? 700 + random() % 9000 : 1;
    for (std::size_t time = 0; time < times; ++time) text += piece;
  }
  return text;
}

class WordSplitting : public ::testing::TestWithParam<TokenizerKind> {};

TEST_P(WordSplitting, IsTheSameWhateverTheBlocksCut) {
  const TemporaryFolder folder;
  const std::uint32_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 8; ++round) {
    // Behind letters, so that it is taken for text.
    const std::string text = std::string(5000, 'x') + "\n" + RandomText(random, 1500);
    WriteText(folder.PathOf("a"), text);
    const SplitText whole = Split(text + "\n", GetParam());
    for (const std::size_t block_bytes : {50, 100, 1000, 5000, 1 << 20}) {
      const SplitText cut = ReadWords({folder.PathOf("a")}, GetParam(), block_bytes);
      ASSERT_EQ(cut.words, whole.words) << block_bytes;
      ASSERT_EQ(cut.notes, whole.notes) << block_bytes;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Tokenizers, WordSplitting,
                         ::testing::Values(TokenizerKind::kWhitespace, TokenizerKind::kWords,
                                           TokenizerKind::kCharacters));

std::string FoldByLibrary(const std::string& word) {
  utf8proc_uint8_t* folded = nullptr;
  const utf8proc_ssize_t length = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(word.data()),
      static_cast<utf8proc_ssize_t>(word.size()), &folded,
      static_cast<utf8proc_option_t>(UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE | UTF8PROC_STABLE));
  const std::string text(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(length));
  std::free(folded);
  return text;
}

std::vector<char32_t> WordCharacters() {
  std::vector<char32_t> characters;
  for (char32_t code_point = 0; code_point < 0x20000; ++code_point) {
    const CharacterKind kind = KindOfCharacter(code_point, TokenizerKind::kWords);
    if (kind == CharacterKind::kLetter || kind == CharacterKind::kMark ||
        kind == CharacterKind::kNumber) {
      characters.push_back(code_point);
    }
  }
  return characters;
}

void ExpectFoldedAsByLibrary(const std::string& word) {
  ASSERT_EQ(Split(word, TokenizerKind::kWords).words, std::vector<std::string>{FoldByLibrary(word)})
      << word;
}

TEST(Folding, IsTheLibrarysForEveryCharacterBetweenLetters) {
  for (const char32_t character : WordCharacters()) {
    std::string word = "E";
    AppendUtf8(character, word);
    word += "\u00C9";
    ExpectFoldedAsByLibrary(word);
  }
}

TEST(Folding, IsTheLibrarysForRandomWords) {
  const std::uint32_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<char32_t> characters = WordCharacters();
  for (int round = 0; round < 50'000; ++round) {
    // Neighbours in Unicode are often of one script, where composition may happen.
    const std::size_t place = random() % characters.size();
    std::string word = "a";
    for (std::size_t length = 1 + random() % 6; length > 0; --length) {
      AppendUtf8(characters[std::min(place + random() % 150, characters.size() - 1)], word);
    }
    ExpectFoldedAsByLibrary(word);
  }
}

}  // namespace
}  // namespace wordkin
