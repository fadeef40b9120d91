#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "contextual/tokenizers/byte_characters.h"
#include "contextual/tokenizers/byte_level_pre_tokenizer.h"

namespace wordkin::contextual {
namespace {

using testing::ElementsAre;

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = EndOfGpt2Word(text, begin);
    words.emplace_back(text.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

TEST(Gpt2Words, TakeTheBlankBeforeThem) {
  EXPECT_THAT(Words("a bc  d"), ElementsAre("a", " bc", " ", " d"));
  EXPECT_THAT(Words("a1 23!? !"), ElementsAre("a", "1", " 23", "!?", " !"));
}

TEST(Gpt2Words, LeaveTheLastBlankOfARunToTheWordBehindIt) {
  EXPECT_THAT(Words("a   b"), ElementsAre("a", "  ", " b"));
  EXPECT_THAT(Words("a \n b"), ElementsAre("a", " \n", " b"));
  EXPECT_THAT(Words("a\nb"), ElementsAre("a", "\n", "b"));
  EXPECT_THAT(Words("a\n\nb"), ElementsAre("a", "\n", "\n", "b"));
  EXPECT_THAT(Words("a   "), ElementsAre("a", "   "));
  EXPECT_THAT(Words(" "), ElementsAre(" "));
}

TEST(Gpt2Words, PartEnglishEndings) {
  EXPECT_THAT(Words("she'll I'm 'tis"), ElementsAre("she", "'ll", " I", "'m", " '", "tis"));
  EXPECT_THAT(Words("'REx"), ElementsAre("'", "REx"));
}

TEST(Gpt2Words, KnowLettersAndNumbersOfAllScripts) {
  EXPECT_THAT(Words("猫é٣Ⅷ½e\u0301"), ElementsAre("猫é", "٣Ⅷ½", "e", "\u0301"));
  EXPECT_THAT(Words("\U00010D4A\U00010D40"), ElementsAre("\U00010D4A", "\U00010D40"));
}

TEST(ByteCharacters, AreVisible) {
  EXPECT_EQ(ByteCharacters()['A'], "A");
  EXPECT_EQ(ByteCharacters()[' '], kBlankAsCharacter);
  EXPECT_EQ(ByteCharacters()[0], "\u0100");
  EXPECT_EQ(ByteCharacters()[0xFF], "\u00FF");
  EXPECT_EQ(ByteCharacters()[0xAD], "\u0143");
}

}  // namespace
}  // namespace wordkin::contextual
