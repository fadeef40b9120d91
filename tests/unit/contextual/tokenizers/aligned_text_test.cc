#include "contextual/tokenizers/aligned_text.h"

#include <gtest/gtest.h>

namespace wordkin::contextual {
namespace {

TEST(AlignedText, TellsWhereEachCharacterComesFrom) {
  const AlignedText text("xaé", 1, 4);
  EXPECT_EQ(text.text(), "aé");
  EXPECT_EQ(text.SourceOf(0, 1), (ByteRange{1, 2}));
  EXPECT_EQ(text.SourceOf(1, 2), (ByteRange{2, 4}));
  EXPECT_EQ(text.SourceOf(0, 3), (ByteRange{1, 4}));
}

TEST(AlignedText, ReadsIllFormedSequencesAsReplacementCharacters) {
  const AlignedText text("a\xE3\x80z", 0, 4);
  EXPECT_EQ(text.text(), "a\uFFFDz");
  EXPECT_EQ(text.SourceOf(1, 4), (ByteRange{1, 3}));
}

TEST(AlignedText, LooksNotBeyondItsEnd) {
  // The first byte of a character whose rest lies outside.
  EXPECT_EQ(AlignedText("é", 0, 1).text(), "\uFFFD");
}

}  // namespace
}  // namespace wordkin::contextual
