#include "contextual/tokenizers/unicode_normalizer.h"

#include <gtest/gtest.h>

#include "tests/unit/contextual/tokenizers/normalizer_testing.h"

namespace wordkin::contextual {
namespace {

const UnicodeNormalizer kNfc(NormalizationForm::kNfc);
const UnicodeNormalizer kNfd(NormalizationForm::kNfd);
const UnicodeNormalizer kNfkc(NormalizationForm::kNfkc);
const UnicodeNormalizer kNfkd(NormalizationForm::kNfkd);

TEST(UnicodeNormalizer, ComposesAndDecomposes) {
  EXPECT_EQ(Normalized(kNfd, "é한"), "e\u0301\u1112\u1161\u11AB");
  EXPECT_EQ(Normalized(kNfc, "e\u0301\u1112\u1161\u11AB"), "é한");
  EXPECT_EQ(Normalized(kNfkc, "ﬁ①Ａ"), "fi1A");
  EXPECT_EQ(Normalized(kNfkd, "ﬁé"), "fie\u0301");
  EXPECT_EQ(Normalized(kNfc, "ﬁ"), "ﬁ");
}

TEST(UnicodeNormalizer, OrdersMarksAndComposesAcrossThem) {
  EXPECT_EQ(Normalized(kNfd, "a\u0301\u0323"), "a\u0323\u0301");
  EXPECT_EQ(Normalized(kNfc, "a\u0301\u0323"), "ạ\u0301");
  // Blocked by a mark of the same class.
  EXPECT_EQ(Normalized(kNfc, "a\u0305\u0301"), "a\u0305\u0301");
  // Excluded from composition.
  EXPECT_EQ(Normalized(kNfc, "\u0915\u093C"), "\u0915\u093C");
}

TEST(UnicodeNormalizer, TakesAComposedCharacterFromAllThatItIsMadeOf) {
  EXPECT_EQ(SourcesOf(kNfc, "e\u0301x"), (std::vector<ByteRange>{{0, 3}, {0, 3}, {3, 4}}));
}

}  // namespace
}  // namespace wordkin::contextual
