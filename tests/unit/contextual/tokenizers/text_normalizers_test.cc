#include "contextual/tokenizers/text_normalizers.h"

#include <gtest/gtest.h>

#include "tests/unit/contextual/tokenizers/normalizer_testing.h"

namespace wordkin::contextual {
namespace {

TEST(StripNormalizer, DropsWhiteSpaceAtTheEndsItIsToldOf) {
  EXPECT_EQ(Normalized(StripNormalizer(true, true), "\u3000 a b\n"), "a b");
  EXPECT_EQ(Normalized(StripNormalizer(true, false), " a "), "a ");
  EXPECT_EQ(Normalized(StripNormalizer(false, true), " a "), " a");
  EXPECT_EQ(Normalized(StripNormalizer(true, true), " \t "), "");
}

TEST(ReplaceNormalizer, ReplacesEachOccurrence) {
  EXPECT_EQ(Normalized(ReplaceNormalizer("``", "\""), "``a```"), "\"a\"`");
  EXPECT_EQ(Normalized(ReplaceNormalizer("a", ""), "aba"), "b");
}

TEST(ReplaceNormalizer, ReplacesRunsThatAreLongEnough) {
  const ReplaceNormalizer fuses(" ", "_", 2);
  EXPECT_EQ(Normalized(fuses, "a b  c     d"), "a b_c_d");
  EXPECT_EQ(SourcesOf(fuses, "a   b"), (std::vector<ByteRange>{{0, 1}, {3, 4}, {4, 5}}));
}

TEST(PrependNormalizer, PutsTextBeforeAnyThatIsNotEmpty) {
  EXPECT_EQ(Normalized(PrependNormalizer("__"), "é"), "__é");
  EXPECT_EQ(Normalized(PrependNormalizer("__"), ""), "");
  EXPECT_EQ(SourcesOf(PrependNormalizer("_"), "éa")[0], (ByteRange{0, 2}));
}

TEST(LowercaseNormalizer, FoldsCharacterByCharacter) {
  EXPECT_EQ(Normalized(LowercaseNormalizer(), "AÉΣİ"), "aéσi\u0307");
}

TEST(StripAccentsNormalizer, DropsMarksOfAllKindsAndDecomposesNothing) {
  EXPECT_EQ(Normalized(StripAccentsNormalizer(), "e\u0301é\u0903\u20DD"), "eé");
}

TEST(NormalizerSequence, DoesOneAfterTheOther) {
  std::vector<std::unique_ptr<const Normalizer>> steps;
  steps.push_back(std::make_unique<LowercaseNormalizer>());
  steps.push_back(std::make_unique<ReplaceNormalizer>("a", "b"));
  EXPECT_EQ(Normalized(NormalizerSequence(std::move(steps)), "Aa"), "bb");
  EXPECT_EQ(Normalized(NormalizerSequence({}), "Aa"), "Aa");
}

}  // namespace
}  // namespace wordkin::contextual
