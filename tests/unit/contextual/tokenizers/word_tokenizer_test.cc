#include "contextual/tokenizers/word_tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wordkin::contextual {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(WordTokenizer, NumbersTheDistinctWordsAsTheyCome) {
  const TokenizedText text =
      WordTokenizer(TokenizerKind::kWords).Tokenize("Die Straße, DIE\nU\u0308");
  EXPECT_THAT(text.pieces, ElementsAre("die", "strasse", "die", "ü"));
  EXPECT_THAT(text.ids, ElementsAre(0, 1, 0, 2));
  EXPECT_THAT(text.words, ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(text.offsets,
              ElementsAre(ByteRange{0, 3}, ByteRange{4, 11}, ByteRange{13, 16}, ByteRange{17, 20}));
}

TEST(WordTokenizer, TakesCharactersOfScriptsWithoutSpaces) {
  const TokenizedText text = WordTokenizer(TokenizerKind::kCharacters).Tokenize("山JR。か\u3099");
  EXPECT_THAT(text.pieces, ElementsAre("山", "jr", "が"));
  EXPECT_THAT(text.offsets, ElementsAre(ByteRange{0, 3}, ByteRange{3, 5}, ByteRange{8, 14}));
}

TEST(WordTokenizer, KeepsWhatIsBetweenBlanksAsItStands) {
  const TokenizedText text = WordTokenizer(TokenizerKind::kWhitespace).Tokenize(" a, \xFF! ");
  EXPECT_THAT(text.pieces, ElementsAre("a,", "\uFFFD!"));
  EXPECT_THAT(text.offsets, ElementsAre(ByteRange{1, 3}, ByteRange{4, 6}));
}

TEST(WordTokenizer, FindsNothingWhereThereIsNothing) {
  EXPECT_THAT(WordTokenizer(TokenizerKind::kWords).Tokenize("").ids, IsEmpty());
  EXPECT_THAT(WordTokenizer(TokenizerKind::kWords).Tokenize(" .\n").ids, IsEmpty());
}

}  // namespace
}  // namespace wordkin::contextual
