#include "contextual/comparison/usage_analysis.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "common/math/vector_kernels.h"
#include "contextual/comparison/senses.h"
#include "tests/unit/contextual/encoder_folder.h"

namespace wordkin::contextual {
namespace {

class UsageAnalysisTest : public testing::Test {
 protected:
  UsageAnalysisTest() {
    texts_ = {"I read a book.",      "The old book is good.",  "Book it and book a flight.",
              "We will book it.",    "She will book a hotel.", "The book of the author.",
              "Read the long book.", "Book the hotel!",        "A good old book and a novel.",
              "They book."};
    for (std::size_t text = 0; text < texts_.size(); ++text) {
      for (const ByteRange bytes : FindWord(texts_[text], "book")) usages_.push_back({text, bytes});
    }
    vectors_.emplace(encoder_, texts_, usages_, 1);
  }

  // Words that stand for themselves, through the encoder alone.
  ContextWords Words() const {
    const std::vector<std::string> words = {"book",   "hotel", "flight", "novel", "read",
                                            "author", "money", "river",  "old"};
    AlignedMatrix rows(words.size(), encoder_.encoder().dimension());
    for (std::size_t row = 0; row < words.size(); ++row) {
      std::ranges::copy(Alone(words[row], {2, 2}), rows.Row(row).begin());
    }
    return {words, std::move(rows)};
  }

  std::vector<float> Alone(const std::string& word, LayerRange layers) const {
    const std::vector<std::int32_t> ids = encoder_.Tokenize(word).text.ids;
    const std::span<const std::int32_t> sequences[] = {ids};
    return SequenceEncoder(encoder_.encoder(), {.layers = layers}).Encode(sequences).front();
  }

  std::vector<float> MeanOfLayers(std::size_t usage, LayerRange layers) const {
    std::vector<float> mean(vectors_->dimension());
    for (std::size_t layer = layers.first; layer <= layers.last; ++layer) {
      AddScaled(mean, 1.0f / static_cast<float>(layers.last - layers.first + 1),
                vectors_->At(usage, layer));
    }
    return mean;
  }

  UsageAnalysis Analyze(const AnalysisOptions& options) const {
    return AnalyzeUsages(encoder_, texts_, usages_, Words(), options);
  }

  const TextEncoder encoder_{EncoderFolder("bert").path(), EncoderPrecision::kFloat32, 2};
  std::vector<std::string> texts_;
  std::vector<Usage> usages_;
  std::optional<UsageVectors> vectors_;
};

TEST_F(UsageAnalysisTest, HasTheCosinesOfAllWithAllOnEachLayer) {
  const UsageAnalysis analysis = Analyze({.word = "book", .layers = {2, 2}});
  const std::size_t count = usages_.size();
  ASSERT_EQ(count, 11u);
  ASSERT_EQ(analysis.usages.size(), count);
  ASSERT_EQ(analysis.cosines.size(), 3u);
  for (std::size_t layer = 0; layer < 3; ++layer) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) {
        const auto a = vectors_->At(i, layer), b = vectors_->At(j, layer);
        const double cosine = Dot(a, b) / std::sqrt(double{Dot(a, a)} * Dot(b, b));
        EXPECT_NEAR(analysis.cosines[layer][i * count + j], cosine, 1e-5);
        if (i != j) sum += cosine;
      }
    }
    EXPECT_NEAR(analysis.mean_cosines[layer], sum / static_cast<double>(count * (count - 1)), 1e-5);
  }
  EXPECT_TRUE(analysis.senses.empty()) << "not asked for";
}

TEST_F(UsageAnalysisTest, NamesTheWordsNearToEachUsage) {
  const UsageAnalysis analysis = Analyze({.word = "book", .layers = {1, 2}, .nearest_count = 3});
  const ContextWords words = Words();
  for (std::size_t usage = 0; usage < usages_.size(); ++usage) {
    const std::vector<ContextWord> expected =
        words.Nearest(MeanOfLayers(usage, {1, 2}), Alone("book", {1, 2}), "book", 3);
    ASSERT_EQ(analysis.usages[usage].nearest.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(analysis.usages[usage].nearest[i].word, words.Word(expected[i].word));
      EXPECT_NEAR(analysis.usages[usage].nearest[i].score, expected[i].score, 1e-5);
    }
  }
}

TEST_F(UsageAnalysisTest, MapsTheUsagesAlongTheirPrincipalComponents) {
  const UsageAnalysis analysis = Analyze({.word = "book", .layers = {2, 2}});
  const std::size_t count = usages_.size();
  std::vector<float> mean(vectors_->dimension());
  for (std::size_t usage = 0; usage < count; ++usage) {
    AddScaled(mean, 1.0f / static_cast<float>(count), vectors_->At(usage, 2));
  }
  double all = 0;
  for (std::size_t usage = 0; usage < count; ++usage) {
    std::vector<float> row(vectors_->At(usage, 2).begin(), vectors_->At(usage, 2).end());
    AddScaled(row, -1, mean);
    all += Dot(row, row);
  }
  double between = 0;
  for (std::size_t axis = 0; axis < 2; ++axis) {
    double sum = 0, squares = 0;
    for (const AnalyzedUsage& usage : analysis.usages) {
      sum += usage.position[axis];
      squares += usage.position[axis] * usage.position[axis];
    }
    EXPECT_NEAR(sum, 0, 1e-4);
    EXPECT_NEAR(analysis.map_shares[axis], squares / all, 1e-4);
  }
  for (const AnalyzedUsage& usage : analysis.usages) {
    between += usage.position[0] * usage.position[1];
  }
  EXPECT_NEAR(between, 0, 1e-4) << "the axes have nothing in common";
  EXPECT_GT(analysis.map_shares[0], analysis.map_shares[1]);
  EXPECT_GT(analysis.map_shares[1], 0);
}

TEST_F(UsageAnalysisTest, PartsTheUsagesIntoSensesOfTheLayersAskedFor) {
  const UsageAnalysis analysis = Analyze({.word = "book",
                                          .layers = {2, 2},
                                          .nearest_count = 2,
                                          .sense_layers = {0, 1},
                                          .sense_count = 2,
                                          .seed = 3});
  AlignedMatrix rows(usages_.size(), vectors_->dimension());
  for (std::size_t usage = 0; usage < usages_.size(); ++usage) {
    std::ranges::copy(MeanOfLayers(usage, {0, 1}), rows.Row(usage).begin());
  }
  const Senses expected = FindSenses(rows, 2, 3);
  ASSERT_EQ(analysis.senses.size(), 2u);
  EXPECT_EQ(analysis.silhouette, expected.silhouette);
  const ContextWords words = Words();
  std::vector<float> all(vectors_->dimension());
  for (std::size_t usage = 0; usage < usages_.size(); ++usage) {
    AddScaled(all, 1.0f / static_cast<float>(usages_.size()), vectors_->At(usage, 2));
  }
  for (std::size_t sense = 0; sense < 2; ++sense) {
    const std::vector<std::size_t>& members = expected.members[sense];
    EXPECT_EQ(analysis.senses[sense].usage_count, members.size());
    std::vector<float> mean(vectors_->dimension());
    for (std::size_t i = 0; i < members.size(); ++i) {
      EXPECT_EQ(analysis.usages[members[i]].sense, sense);
      if (i < 3) {
        EXPECT_EQ(analysis.senses[sense].examples.at(i), members[i]);
      }
      AddScaled(mean, 1.0f / static_cast<float>(members.size()), vectors_->At(members[i], 2));
    }
    EXPECT_EQ(analysis.senses[sense].examples.size(), std::min<std::size_t>(3, members.size()));
    const std::vector<ContextWord> near =
        words.Distinctive(mean, all, Alone("book", {2, 2}), "book", 2);
    ASSERT_EQ(analysis.senses[sense].nearest.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_EQ(analysis.senses[sense].nearest[i].word, words.Word(near[i].word));
    }
  }
}

TEST_F(UsageAnalysisTest, HasLittleToSayOfASingleUsage) {
  usages_.resize(1);
  const UsageAnalysis analysis = Analyze({.word = "book", .layers = {2, 2}, .sense_count = 0});
  EXPECT_THAT(analysis.mean_cosines, testing::ElementsAre(1, 1, 1));
  EXPECT_EQ(analysis.map_shares[0], 0);
  ASSERT_EQ(analysis.senses.size(), 1u);
  EXPECT_EQ(analysis.senses[0].usage_count, 1u);
}

}  // namespace
}  // namespace wordkin::contextual
