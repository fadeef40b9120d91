#include "common/text/ascii_words.h"

#include <gtest/gtest.h>

#include <array>
#include <cctype>
#include <random>
#include <string>

namespace wordkin {
namespace {

bool IsAsciiAlphanumeric(char byte) {
  return static_cast<unsigned char>(byte) < 0x80 && std::isalnum(byte) != 0;
}

struct FoldedWord {
  std::size_t length;
  std::string text;
};

FoldedWord Fold(std::string_view text, std::size_t limit) {
  std::array<char, 64> folded;
  folded.fill('#');
  const std::size_t length = FoldAsciiWord(text, limit, folded.data());
  EXPECT_EQ(folded[limit + 8], '#') << "written beyond the room";
  return {length, std::string(folded.data(), length)};
}

// Every byte at every place of a group of eight and in the rest after the last one.
TEST(AsciiWords, EndAtTheSameByteAsOneByOne) {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t place = 0; place < 20; ++place) {
      std::string text(20, 'Q');
      text[place] = static_cast<char>(byte);
      const bool is_printable = byte > ' ' && byte < 0x80;
      EXPECT_EQ(EndOfPrintableAscii(text, 0), is_printable ? 20 : place) << byte;
      const bool is_word = IsAsciiAlphanumeric(text[place]);
      const FoldedWord folded = Fold(text, 40);
      EXPECT_EQ(folded.length, is_word ? 20 : place) << byte;
      for (std::size_t i = 0; i < folded.length; ++i) {
        ASSERT_EQ(folded.text[i], std::tolower(text[i])) << byte;
      }
    }
  }
}

TEST(AsciiWords, EndAtTheSameByteAsOneByOneInRandomBytes) {
  std::mt19937 random(7);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::size_t size = random() % 40; text.size() < size;) {
      text.push_back(static_cast<char>(random() % 8 == 0 ? random() : 'A' + random() % 26));
    }
    const std::size_t begin = text.empty() ? 0 : random() % text.size();
    std::size_t printable_end = begin;
    while (printable_end < text.size() && static_cast<signed char>(text[printable_end]) > ' ') {
      ++printable_end;
    }
    ASSERT_EQ(EndOfPrintableAscii(text, begin), printable_end);
    std::size_t word_end = 0;
    while (word_end < text.size() && IsAsciiAlphanumeric(text[word_end])) ++word_end;
    ASSERT_EQ(Fold(text, 40).length, word_end);
  }
}

TEST(AsciiWords, StopAtTheLimit) {
  EXPECT_EQ(Fold("abcdefghijklmnopqrstuvwxyz", 10).length, 16u);
  EXPECT_EQ(Fold("abcdefghijk", 8).length, 8u);
  EXPECT_EQ(Fold("", 8).length, 0u);
}

}  // namespace
}  // namespace wordkin
