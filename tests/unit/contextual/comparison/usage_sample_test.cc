#include "contextual/comparison/usage_sample.h"

#include <gmock/gmock.h>

#include <set>

#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin::contextual {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class UsageSampleTest : public testing::Test {
 protected:
  // With small blocks, so that there are many.
  UsageSample Sample(const std::string& text, const std::string& word, std::size_t count,
                     std::uint64_t seed = 1, std::size_t block_bytes = 256) const {
    WriteText(path_, text);
    return SampleAgain(word, count, seed, block_bytes);
  }
  UsageSample SampleAgain(const std::string& word, std::size_t count, std::uint64_t seed,
                          std::size_t block_bytes = 256) const {
    CorpusReader corpus({path_}, block_bytes);
    return SampleUsages(corpus, word, count, seed, [] {});
  }

  // The single usage's excerpt, with the word in brackets.
  std::string Excerpt(const std::string& text, const std::string& word) const {
    const UsageSample sample = Sample(text, word, 10, 1, 1 << 16);
    EXPECT_EQ(sample.found, 1u);
    if (sample.usages.size() != 1) return "";
    const std::string& excerpt = sample.texts[0];
    const ByteRange bytes = sample.usages[0].bytes;
    return excerpt.substr(0, bytes.begin) + "[" +
           excerpt.substr(bytes.begin, bytes.end - bytes.begin) + "]" + excerpt.substr(bytes.end);
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.PathOf("corpus.txt");
};

// Lines of one usage each, by number, of 32 bytes: blocks end where lines do.
std::string NumberedLine(std::size_t number) {
  const std::string digits = std::to_string(1000 + number).substr(1);
  return "a Book of " + digits + " pages, and so on.";
}
std::string NumberedLines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += NumberedLine(i) + "\n";
  return text;
}

std::size_t NumberOf(const std::string& text) { return std::stoul(text.substr(10)); }

std::string Times(const std::string& text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

TEST_F(UsageSampleTest, TakesAllWhenThereAreNoMoreInOrder) {
  for (const std::size_t count : {40, 41, 1000}) {
    const UsageSample sample = Sample(NumberedLines(40), "book", count);
    EXPECT_EQ(sample.found, 40u);
    ASSERT_EQ(sample.usages.size(), 40u);
    for (std::size_t i = 0; i < 40; ++i) {
      EXPECT_EQ(sample.texts[i], NumberedLine(i));
      EXPECT_EQ(sample.usages[i].text, i);
      EXPECT_EQ(sample.usages[i].bytes, (ByteRange{2, 6}));
    }
  }
}

TEST_F(UsageSampleTest, DrawsEachUsageEquallyOften) {
  constexpr std::size_t kUsages = 20, kDrawn = 5, kSeeds = 1000;
  WriteText(path_, NumberedLines(kUsages));
  std::vector<double> counts(kUsages);
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const UsageSample sample = SampleAgain("book", kDrawn, seed);
    ASSERT_EQ(sample.usages.size(), kDrawn);
    for (const std::string& text : sample.texts) ++counts[NumberOf(text)];
  }
  constexpr double kShare = static_cast<double>(kDrawn) / kUsages, kExpected = kSeeds * kShare;
  double chi_square = 0;
  for (const double count : counts) {
    chi_square += (count - kExpected) * (count - kExpected) / (kExpected * (1 - kShare));
  }
  chi_square *= (kUsages - 1.0) / kUsages;  // drawn without putting back
  // Of 19 degrees of freedom: in 1 of 1000 above 43.8, in 1 of 1000 below 5.4.
  EXPECT_LT(chi_square, 43.8);
  EXPECT_GT(chi_square, 5.4);
}

TEST_F(UsageSampleTest, DrawsTheSameForTheSameSeedInCorpusOrder) {
  WriteText(path_, NumberedLines(100));
  std::set<std::vector<std::string>> outcomes;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const UsageSample sample = SampleAgain("book", 10, seed);
    EXPECT_EQ(sample.found, 100u);
    EXPECT_EQ(SampleAgain("book", 10, seed, 64).texts, sample.texts) << "blocks are of no account";
    for (std::size_t i = 0; i < 10; ++i) {
      EXPECT_EQ(sample.usages[i].text, i);
      if (i > 0) {
        EXPECT_LT(NumberOf(sample.texts[i - 1]), NumberOf(sample.texts[i]));
      }
    }
    outcomes.insert(sample.texts);
  }
  EXPECT_EQ(outcomes.size(), 20u);
}

TEST_F(UsageSampleTest, GivesTheBytesOfEachUsageOfASentence) {
  const UsageSample sample = Sample("Ein Buch? Ja: «Buch» für Buch.", "buch", 10);
  EXPECT_THAT(sample.texts,
              ElementsAre("Ein Buch?", "Ja: «Buch» für Buch.", "Ja: «Buch» für Buch."));
  EXPECT_EQ(sample.usages[0].bytes, (ByteRange{4, 8}));
  EXPECT_EQ(sample.usages[1].bytes, (ByteRange{6, 10}));
  EXPECT_EQ(sample.usages[2].bytes, (ByteRange{18, 22}));
}

TEST_F(UsageSampleTest, EndsAtSentencesAndLines) {
  EXPECT_EQ(Excerpt("One. Two book three. Four.", "book"), "Two [book] three.");
  EXPECT_EQ(Excerpt("One! Is it a book? Yes.", "book"), "Is it a [book]?");
  EXPECT_EQ(Excerpt("one\r\n\r\n  two book\r\nthree", "book"), "two [book]");
  EXPECT_EQ(Excerpt("one book", "book"), "one [book]");
  EXPECT_EQ(Excerpt("book\n", "book"), "[book]");
  EXPECT_EQ(Excerpt("At 3.5 per book.net pages.\nNo.", "book"), "At 3.5 per [book].net pages.");
  EXPECT_EQ(Excerpt("The U.S. army. No", "U.S."), "The [U.S.] army.");
}

TEST_F(UsageSampleTest, EndsAtTheMarksOfTextWithoutBlanks) {
  EXPECT_EQ(Excerpt("你好！我在图书馆读书。他不在。", "读书"), "我在图书馆[读书]。");
  EXPECT_EQ(Excerpt("図書館で？本を読む！はい", "本"), "[本]を読む！");
}

TEST_F(UsageSampleTest, CutsLongSentencesBetweenWords) {
  const std::string words = Times("eleven bytes of words here ", 20);
  EXPECT_EQ(Excerpt(words + "a book and also " + words, "book"),
            "here " + Times("eleven bytes of words here ", 7) + "a [book] and also " +
                Times("eleven bytes of words here ", 6) + "eleven bytes of words here");
}

TEST_F(UsageSampleTest, CutsLongSentencesWithoutBlanksBetweenCharacters) {
  for (std::size_t shift = 0; shift < 3; ++shift) {  // 66 or 67 characters of three bytes
    const std::string around = Times("山", 1000);
    const std::string excerpt =
        Excerpt(around + std::string(shift, '-') + "书" + std::string(shift, '-') + around, "书");
    const std::string kept = Times("山", 66);
    EXPECT_EQ(excerpt, kept + std::string(shift, '-') + "[书]" + std::string(shift, '-') + kept);
  }
  // A blank beside the word is no place to cut.
  EXPECT_EQ(Excerpt(Times("山", 100) + " 书 " + Times("山", 100), "书"),
            Times("山", 66) + " [书] " + Times("山", 66));
}

TEST_F(UsageSampleTest, FindsUsagesInLongTextWithoutBlanks) {
  const std::string text = Times(Times("山", 300) + "书。", 40);
  const UsageSample sample = Sample(text, "书", 100, 1, 4096);
  EXPECT_EQ(sample.found, 40u);
}

TEST_F(UsageSampleTest, MayBeEmpty) {
  const UsageSample sample = Sample("books, notebook", "book", 3);
  EXPECT_EQ(sample.found, 0u);
  EXPECT_THAT(sample.usages, IsEmpty());
  EXPECT_THAT(Sample("", "book", 3).texts, IsEmpty());
}

}  // namespace
}  // namespace wordkin::contextual
