#include "contextual/comparison/word_in_context.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "common/math/principal_components.h"
#include "common/math/vector_kernels.h"
#include "common/support/random.h"
#include "tests/unit/contextual/encoder_folder.h"

namespace wordkin::contextual {
namespace {

using testing::HasSubstr;

class ContextPairsFile : public testing::Test {
 protected:
  std::vector<ContextPair> Read(const std::string& pairs, const std::string& answers) const {
    WriteText(folder_.PathOf("a.data.txt"), pairs);
    WriteText(folder_.PathOf("a.gold.txt"), answers);
    return ReadContextPairs(folder_.PathOf("a.data.txt"));
  }
  std::string DamageOf(const std::string& pairs, const std::string& answers) const {
    return RefusalOf(ErrorKind::kDamaged, [&] { Read(pairs, answers); });
  }

  TemporaryFolder folder_;
};

TEST_F(ContextPairsFile, HasTheWordsPlaceInBothTexts) {
  const std::vector<ContextPair> pairs =
      Read("book\tV\t2-0\tI will book it .\tBooks , old\ngo\tN\t0-1\tgo\tto go\n", "F\nT\n");
  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[0].word, "book");
  EXPECT_EQ(pairs[0].texts[0], "I will book it .");
  EXPECT_EQ(pairs[0].places[0], (ByteRange{7, 11}));
  EXPECT_EQ(pairs[0].places[1], (ByteRange{0, 5}));
  EXPECT_FALSE(pairs[0].is_same);
  EXPECT_EQ(pairs[1].places[1], (ByteRange{3, 5}));
  EXPECT_TRUE(pairs[1].is_same);
}

TEST_F(ContextPairsFile, IsRefusedByLine) {
  EXPECT_THAT(DamageOf("book\tV\t0-0\tbook\n", "T\n"), HasSubstr("line 1: it has 4 fields"));
  EXPECT_THAT(DamageOf("a\tN\t0-0\ta\ta\nb\tN\t0-\tb\tb\n", "T\nT\n"),
              HasSubstr("line 2: its third field is no pair of numbers"));
  EXPECT_THAT(DamageOf("a\tN\t0-1\ta\ta\n", "T\n"), HasSubstr("its text 2 has no word number 1"));
  EXPECT_THAT(DamageOf("a\tN\t0-0\ta\ta\n", "x\n"), HasSubstr("line 1: it is neither T nor F"));
  EXPECT_THAT(DamageOf("a\tN\t0-0\ta\ta\n", "T\nT\n"), HasSubstr("it has 1 pairs"));
  EXPECT_THAT(DamageOf("", ""), HasSubstr("it has 0 pairs"));
  WriteText(folder_.PathOf("pairs.txt"), "a\tN\t0-0\ta\ta\n");
  EXPECT_THAT(RefusalOf(ErrorKind::kUsage, [&] { ReadContextPairs(folder_.PathOf("pairs.txt")); }),
              HasSubstr("its name has no '.data.'"));
}

class WordInContextTest : public testing::Test {
 protected:
  using Vector = std::vector<double>;

  // A word, at random places of two sentences of random words.
  static std::vector<ContextPair> RandomPairs(std::size_t count, std::uint64_t seed) {
    static constexpr const char* kWords[] = {"book", "bank", "open", "flight", "the", "a",    "she",
                                             "will", "read", "old",  "money",  "of",  "river"};
    Random random(seed);
    std::vector<ContextPair> pairs(count);
    for (ContextPair& pair : pairs) {
      pair.word = kWords[random.Below(4)];
      for (std::size_t side = 0; side < 2; ++side) {
        const std::size_t place = random.Below(6);
        for (std::size_t i = 0; i < 6; ++i) {
          const std::string word = i == place ? pair.word : kWords[random.Below(std::size(kWords))];
          if (i > 0) pair.texts[side] += ' ';
          if (i == place) {
            pair.places[side] = {pair.texts[side].size(), pair.texts[side].size() + word.size()};
          }
          pair.texts[side] += word;
        }
      }
      pair.is_same = random.Below(2) == 1;
    }
    return pairs;
  }

  UsageVectors VectorsOf(const std::vector<ContextPair>& pairs) const {
    std::vector<std::string> texts;
    std::vector<Usage> usages;
    for (const ContextPair& pair : pairs) {
      for (std::size_t side = 0; side < 2; ++side) {
        usages.push_back({texts.size(), pair.places[side]});
        texts.push_back(pair.texts[side]);
      }
    }
    return {encoder_, texts, usages, 1};
  }

  // Cosines of both words' vectors, made by 'vector_of' from a usage's number. In float as they are
  // in the library, since a threshold tells equal scores from such as are nearly so.
  static std::vector<float> Scores(std::size_t pair_count,
                                   const std::function<Vector(std::size_t)>& vector_of) {
    std::vector<float> scores;
    for (std::size_t pair = 0; pair < pair_count; ++pair) {
      const Vector first = vector_of(2 * pair), second = vector_of(2 * pair + 1);
      std::vector<float> a(first.begin(), first.end()), b(second.begin(), second.end());
      Normalize(a);
      Normalize(b);
      scores.push_back(Dot(a, b));
    }
    return scores;
  }

  static std::size_t CountCorrect(const std::vector<float>& scores,
                                  const std::vector<ContextPair>& pairs, float threshold) {
    std::size_t correct = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      correct += (scores[i] >= threshold) == pairs[i].is_same ? 1 : 0;
    }
    return correct;
  }

  // That the method has the best of all thresholds, by scores that the test has made itself.
  static void ExpectBestThreshold(const ContextMethod& method, const std::vector<float>& scores,
                                  const std::vector<ContextPair>& tuning) {
    SCOPED_TRACE(method.name);
    std::size_t most = 0;
    float lowest = 0;
    std::vector<float> sorted = scores;
    std::ranges::sort(sorted);
    for (const float threshold : sorted) {
      const std::size_t correct = CountCorrect(scores, tuning, threshold);
      if (correct > most) {
        most = correct;
        lowest = threshold;
      }
    }
    EXPECT_DOUBLE_EQ(method.tuned_accuracy,
                     static_cast<double>(most) / static_cast<double>(tuning.size()));
    EXPECT_NEAR(method.threshold, lowest, 1e-5) << "the lowest of those that do equally well";
  }

  static const ContextMethod& Named(const ContextReport& report, const std::string& name) {
    const auto found = std::ranges::find(report.methods, name, &ContextMethod::name);
    if (found == report.methods.end()) throw std::out_of_range(name);
    return *found;
  }

  static Vector Plain(const UsageVectors& vectors, std::size_t usage, std::size_t layer) {
    return {vectors.At(usage, layer).begin(), vectors.At(usage, layer).end()};
  }

  const TextEncoder encoder_{EncoderFolder("bert").path(), EncoderPrecision::kFloat32, 2};
};

TEST_F(WordInContextTest, TakesTheThresholdWithMostRightAnswers) {
  for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
    const std::vector<ContextPair> pairs = RandomPairs(30, 100 + seed);
    const std::vector<ContextPair> tuning = RandomPairs(40, seed);
    const UsageVectors tuned = VectorsOf(tuning), asked = VectorsOf(pairs);
    const ContextReport report = EvaluateWordInContext(encoder_, pairs, tuning, 2);
    for (std::size_t layer = 0; layer < 3; ++layer) {
      const ContextMethod& method = Named(report, "layer " + std::to_string(layer));
      ExpectBestThreshold(method, Scores(40, [&](std::size_t i) { return Plain(tuned, i, layer); }),
                          tuning);
      const std::vector<float> scores =
          Scores(30, [&](std::size_t i) { return Plain(asked, i, layer); });
      EXPECT_EQ(method.correct, CountCorrect(scores, pairs, method.threshold));
    }
  }
}

TEST_F(WordInContextTest, ComparesInTheWaysItNames) {
  const std::vector<ContextPair> tuning = RandomPairs(40, 9);
  const UsageVectors vectors = VectorsOf(tuning);
  const ContextReport report = EvaluateWordInContext(encoder_, RandomPairs(5, 8), tuning, 1);
  EXPECT_EQ(report.methods.size(), 3u + 1 + 3 * 2);
  ExpectBestThreshold(Named(report, "last 4"),
                      Scores(40,
                             [&](std::size_t usage) {
                               Vector sum = Plain(vectors, usage, 1);
                               for (std::size_t i = 0; i < sum.size(); ++i) {
                                 sum[i] += vectors.At(usage, 2)[i];
                               }
                               return sum;
                             }),
                      tuning);
  for (const std::size_t layer : {1, 2}) {
    AlignedMatrix rows(80, vectors.dimension());
    for (std::size_t usage = 0; usage < 80; ++usage) {
      std::ranges::copy(vectors.At(usage, layer), rows.Row(usage).begin());
    }
    const PrincipalComponents components = FindPrincipalComponents(rows, 8, true, 1);
    const auto centred = [&](std::size_t usage) {
      Vector vector = Plain(vectors, usage, layer);
      for (std::size_t i = 0; i < vector.size(); ++i) vector[i] -= components.mean[i];
      return vector;
    };
    const std::string number = " " + std::to_string(layer);
    ExpectBestThreshold(Named(report, "centred" + number), Scores(40, centred), tuning);
    ExpectBestThreshold(Named(report, "whitened" + number),
                        Scores(40,
                               [&](std::size_t usage) {
                                 std::vector<float> along(8);
                                 components.Project(rows.Row(usage), along);
                                 Vector vector(along.begin(), along.end());
                                 for (std::size_t i = 0; i < 8; ++i) {
                                   vector[i] /= std::sqrt(components.variances[i]);
                                 }
                                 return vector;
                               }),
                        tuning);
    ExpectBestThreshold(Named(report, "in context" + number),
                        Scores(40,
                               [&](std::size_t usage) {
                                 Vector vector = centred(usage);
                                 const Vector own = Plain(vectors, usage, 0);
                                 double along = 0, length = 0;
                                 for (std::size_t i = 0; i < own.size(); ++i) {
                                   along += vector[i] * own[i];
                                   length += own[i] * own[i];
                                 }
                                 for (std::size_t i = 0; i < own.size(); ++i) {
                                   vector[i] -= along / length * own[i];
                                 }
                                 return vector;
                               }),
                        tuning);
  }
}

TEST_F(WordInContextTest, CountsWhatWasAsked) {
  std::vector<ContextPair> pairs = RandomPairs(10, 1), tuning = RandomPairs(12, 2);
  const auto same =
      static_cast<std::size_t>(std::ranges::count(pairs, true, &ContextPair::is_same));
  std::string far;
  for (int i = 0; i < 60; ++i) far += "a ";  // more than the encoder takes
  const ContextPair beyond = {.word = "book",
                              .texts = {"book", far + "book"},
                              .places = {ByteRange{0, 4}, ByteRange{120, 124}},
                              .is_same = true};
  pairs.push_back(beyond);
  tuning.push_back(beyond);
  const ContextReport report = EvaluateWordInContext(encoder_, pairs, tuning, 1);
  EXPECT_EQ(report.asked, 10u);
  EXPECT_EQ(report.tuned_on, 12u);
  EXPECT_EQ(report.skipped, 2u);
  EXPECT_EQ(report.same, same);
  const double best = report.methods[report.best].tuned_accuracy;
  for (std::size_t i = 0; i < report.methods.size(); ++i) {
    if (i < report.best) {
      EXPECT_LT(report.methods[i].tuned_accuracy, best);
    }
    EXPECT_LE(report.methods[i].tuned_accuracy, best);
  }
  EXPECT_THAT(
      RefusalOf(ErrorKind::kUsage, [&] { EvaluateWordInContext(encoder_, pairs, {beyond}, 1); }),
      HasSubstr("of no pair are both words within"));
}

TEST_F(WordInContextTest, SaysWhatItTakes) {
  // 3 layers of 24 values; a layer of those tuned on, in rows of 32.
  EXPECT_EQ(ContextMemoryBytes(encoder_.encoder(), 10, 0), 20u * 3 * 24 * 4);
  EXPECT_EQ(ContextMemoryBytes(encoder_.encoder(), 10, 5), 30u * 3 * 24 * 4 + 10u * 32 * 4);
}

}  // namespace
}  // namespace wordkin::contextual
