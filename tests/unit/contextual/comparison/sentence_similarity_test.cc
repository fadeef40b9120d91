#include "contextual/comparison/sentence_similarity.h"

#include <gmock/gmock.h>

#include <cmath>
#include <map>
#include <numeric>
#include <sstream>

#include "tests/unit/common/store/store_testing.h"
#include "tests/unit/contextual/encoder_folder.h"

namespace wordkin::contextual {
namespace {

using testing::HasSubstr;

std::vector<JudgedTexts> ReadFrom(const std::string& text) {
  const TemporaryFolder folder;
  WriteText(folder.PathOf("pairs.tsv"), text);
  return ReadJudgedTexts(folder.PathOf("pairs.tsv"));
}

TEST(ReadJudgedTexts, TakesBothLayouts) {
  const std::vector<JudgedTexts> plain = ReadFrom("a king\ta queen\t4.5\nx\t\t-1e-1\n");
  ASSERT_EQ(plain.size(), 2u);
  EXPECT_EQ(plain[0].texts[1], "a queen");
  EXPECT_EQ(plain[0].score, 4.5);
  EXPECT_EQ(plain[1].texts[1], "");
  EXPECT_EQ(plain[1].score, -0.1);
  const std::vector<JudgedTexts> benchmark =
      ReadFrom("main\tMSRvid\t2012\t1\t3.2\ta king\ta queen\tby whom\n");
  EXPECT_EQ(benchmark[0].texts[0], "a king");
  EXPECT_EQ(benchmark[0].texts[1], "a queen");
  EXPECT_EQ(benchmark[0].score, 3.2);
}

TEST(ReadJudgedTexts, RefusesByLine) {
  for (const char* const line : {"a\tb", "a\tb\tc", "a\tb\t1x", "a\tb\tnan", "a\tb\t"}) {
    EXPECT_THAT(RefusalOf(ErrorKind::kDamaged,
                          [&] { ReadFrom("a\tb\t1\n" + std::string(line) + "\na\tb\t1\n"); }),
                HasSubstr("line 2: it is neither"))
        << line;
  }
  EXPECT_THAT(RefusalOf(ErrorKind::kDamaged, [] { ReadFrom(""); }), HasSubstr("it is empty"));
}

class EncoderSimilaritiesTest : public testing::Test {
 protected:
  static EncodedSimilarities Of(const std::string& model, const std::vector<JudgedTexts>& pairs) {
    const TextEncoder encoder(EncoderFolder(model).path(), EncoderPrecision::kFloat32, 2);
    return EncoderSimilarities(encoder, Pooling::kMean, pairs, 2);
  }
};

TEST_F(EncoderSimilaritiesTest, AreTheCosinesOfEachPair) {
  const EncodedSimilarities found = Of("bert", {{{"the old book", "the old book"}, 5},
                                                {{"the old book", "open a bank"}, 1},
                                                {{"open a bank", "the old book"}, 1}});
  ASSERT_EQ(found.cosines.size(), 3u);
  EXPECT_NEAR(found.cosines[0], 1, 1e-6);
  EXPECT_LT(found.cosines[1], 0.999);
  EXPECT_NEAR(found.cosines[2], found.cosines[1], 1e-6);
  EXPECT_EQ(found.cut_count, 0u);
}

TEST_F(EncoderSimilaritiesTest, CountTextsThatAreCut) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "a ";
  EXPECT_EQ(Of("bert", {{{text, "a"}, 1}, {{text, text}, 1}}).cut_count, 3u);
}

TEST_F(EncoderSimilaritiesTest, RefuseATextOfWhichNothingIsLeft) {
  for (const char* const model : {"bert", "gpt2", "t5"}) {  // with and without special pieces
    EXPECT_THAT(RefusalOf(ErrorKind::kUsage,
                          [&] {
                            Of(model, {{{"a", "the"}, 1}, {{"a", ""}, 2}});
                          }),
                HasSubstr("a text of pair 2 has nothing to encode: ''"))
        << model;
  }
}

// A store of ten words in four dimensions, the first far more frequent than the others.
class StaticSimilarities : public testing::Test {
 protected:
  static constexpr std::size_t kDimension = 4;
  using Vector = std::vector<double>;

  StaticSimilarities() : store_((Write(), folder_.PathOf("v.kin"))) {}

  void Write() const {
    EmbeddingTable table = MakeTable(10, kDimension, 7);
    std::vector<Vocabulary::Entry> entries;
    for (WordId id = 0; id < 10; ++id) {
      entries.push_back({std::string(table.vocabulary.Word(id)), 10000u / (1 + id * id)});
    }
    table.vocabulary = Vocabulary(entries);
    WriteTable(folder_.PathOf("v.kin"), table, Precision::kFloat32);
  }

  // The mean of 'weight' x vector over the words that the store has.
  Vector Mean(const std::string& text, const std::function<double(WordId)>& weight) const {
    Vector mean(kDimension);
    double count = 0;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
      const std::optional<WordId> id = store_.Find(word);
      if (!id) continue;
      ++count;
      for (std::size_t i = 0; i < kDimension; ++i) mean[i] += weight(*id) * RowOf(store_, *id)[i];
    }
    for (double& value : mean) value /= std::max(count, 1.0);
    return mean;
  }

  static double DotOf(const Vector& a, const Vector& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
  }
  static double Cosine(const Vector& a, const Vector& b) {
    const double lengths = std::sqrt(DotOf(a, a) * DotOf(b, b));
    return lengths > 0 ? DotOf(a, b) / lengths : 0;
  }

  // Of rows that are not centred, by power iteration.
  static Vector PrincipalDirection(const std::vector<Vector>& rows) {
    Vector direction(kDimension, 1);
    for (int round = 0; round < 2000; ++round) {
      Vector next(kDimension);
      for (const Vector& row : rows) {
        const double along = DotOf(row, direction);
        for (std::size_t i = 0; i < kDimension; ++i) next[i] += along * row[i];
      }
      const double length = std::sqrt(DotOf(next, next));
      for (std::size_t i = 0; i < kDimension; ++i) direction[i] = next[i] / length;
    }
    return direction;
  }

  const std::vector<JudgedTexts> pairs_ = {{{"w0 w1 w2", "w3 w0"}, 1},
                                           {{"w4 w4 w5 unknown", "w6"}, 2},
                                           {{"w7 w8 w0 w0", "w9 w1"}, 3},
                                           {{"w2", "W2"}, 4},
                                           {{"unknown", "w1"}, 0}};
  const TemporaryFolder folder_;
  const EmbeddingStore store_;
};

TEST_F(StaticSimilarities, AreOfTheMeansOfWords) {
  const std::vector<double> found = MeanSimilarities(store_, pairs_);
  ASSERT_EQ(found.size(), pairs_.size());
  for (std::size_t i = 0; i < 3; ++i) {
    const auto mean = [&](std::size_t side) {
      return Mean(pairs_[i].texts[side], [](WordId) { return 1; });
    };
    EXPECT_NEAR(found[i], Cosine(mean(0), mean(1)), 1e-5);
  }
  EXPECT_NEAR(found[3], 1, 1e-6) << "case does not matter";
  EXPECT_EQ(found[4], 0) << "nothing is known of one";
}

TEST_F(StaticSimilarities, AreOfSmoothInverseFrequencyMeans) {
  double total = 0;
  for (const std::uint64_t count : store_.ReadCounts()) total += static_cast<double>(count);
  std::vector<Vector> rows;
  for (const JudgedTexts& pair : pairs_) {
    for (std::string text : pair.texts) {
      if (text == "W2") text = "w2";
      rows.push_back(Mean(text, [&](WordId id) {
        return 1e-3 / (1e-3 + static_cast<double>(store_.ReadCounts()[id]) / total);
      }));
    }
  }
  const Vector common = PrincipalDirection(rows);
  for (Vector& row : rows) {
    const double along = DotOf(row, common);
    for (std::size_t i = 0; i < kDimension; ++i) row[i] -= along * common[i];
  }
  const std::vector<double> found = SmoothInverseFrequencySimilarities(store_, pairs_);
  ASSERT_EQ(found.size(), pairs_.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_NEAR(found[i], Cosine(rows[2 * i], rows[2 * i + 1]), 1e-4) << i;
  }
}

}  // namespace
}  // namespace wordkin::contextual
