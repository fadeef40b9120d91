#include "contextual/tokenizers/bert_normalizer.h"

#include <gtest/gtest.h>

#include "tests/unit/contextual/tokenizers/normalizer_testing.h"

namespace wordkin::contextual {
namespace {

const BertNormalizer kUncased({});
const BertNormalizer kCased({.strip_accents = false, .lowercase = false});

TEST(BertNormalizer, DropsControlsAndTurnsWhiteSpaceIntoBlanks) {
  EXPECT_EQ(Normalized(kCased, std::string("a\0b\x7F\uFFFDc\u200D\t\r\n\u00A0\u3000", 19)),
            "abc     ");
  // VT and FF are controls; NEL too, though Unicode counts them among the white space.
  EXPECT_EQ(Normalized(kCased, "a\v\f\u0085z"), "az");
}

TEST(BertNormalizer, LeavesTextDirtyWhenTold) {
  EXPECT_EQ(Normalized(BertNormalizer({.clean_text = false}), "A\tB\u200D"), "a\tb\u200D");
}

TEST(BertNormalizer, SetsHanCharactersApart) {
  EXPECT_EQ(Normalized(kCased, "a山b"), "a 山 b");
  EXPECT_EQ(Normalized(kCased, "ひカ한"), "ひカ한");
  EXPECT_EQ(Normalized(BertNormalizer({.handle_chinese_chars = false}), "a山b"), "a山b");
}

TEST(BertNormalizer, DropsMarksOnceTextIsDecomposed) {
  EXPECT_EQ(Normalized(kUncased, "Éa\u0301"), "ea");
  EXPECT_EQ(Normalized(kUncased, "한"), "\u1112\u1161\u11AB");
  EXPECT_EQ(Normalized(kUncased, "łß"), "łß");
  // A spacing mark (Mc) is none to drop.
  EXPECT_EQ(Normalized(kUncased, "\u0915\u093F\u0941"), "\u0915\u093F");
}

TEST(BertNormalizer, FoldsCharacterByCharacter) {
  EXPECT_EQ(Normalized(kUncased, "ΑΣ ẞ"), "ασ ß");
  const BertNormalizer keeps_accents({.strip_accents = false});
  EXPECT_EQ(Normalized(keeps_accents, "İÉ"), "i\u0307é");
}

TEST(BertNormalizer, KnowsTheCharactersThatItsModelsKnew) {
  // A mark since Unicode 9 and punctuation since 9: letters to the models.
  EXPECT_EQ(Normalized(kUncased, "a\u08D4"), "a\u08D4");
  // Cased since Unicode 16.
  EXPECT_EQ(Normalized(kUncased, "\uA7DA"), "\uA7DB");
}

TEST(BertNormalizer, AlignsWhatIsLeft) {
  using Ranges = std::vector<ByteRange>;
  EXPECT_EQ(SourcesOf(kUncased, "Éa\u0301b"), (Ranges{{0, 2}, {2, 3}, {5, 6}}));
  EXPECT_EQ(SourcesOf(kUncased, "山"), Ranges(5, {0, 3}));
  EXPECT_EQ(SourcesOf(kUncased, "한"), Ranges(9, {0, 3}));
}

TEST(BertNormalizer, OrdersMarksAndAlignsThemInTheNewOrder) {
  // U+302E (class 224) and U+1D165 (216) stay, since they are spacing.
  const std::string text = "a\u302E\U0001D165";
  EXPECT_EQ(Normalized(kUncased, text), "a\U0001D165\u302E");
  EXPECT_EQ(SourcesOf(kUncased, text)[1], (ByteRange{1, 4}));
}

TEST(BertNormalizer, LeavesNewerMarksWhereTheyStand) {
  // U+1AC3, of Unicode 14, would stand before the diaeresis and take its place in the text.
  EXPECT_EQ(SourcesOf(kUncased, "h\u0308\u1AC3")[1], (ByteRange{3, 6}));
}

}  // namespace
}  // namespace wordkin::contextual
