#include "query/documents/word_mean_embedder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "common/support/error.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using testing::ElementsAre;
using testing::FloatNear;
using testing::HasSubstr;
using testing::Pointwise;

class WordMeanEmbedderTest : public testing::Test {
 protected:
  std::vector<float> Embed(const WordMeanOptions& options, const std::string& text) const {
    const AlignedMatrix rows =
        WordMeanEmbedder(*store_, options).Embed(std::vector<std::string>{text});
    const std::span<const float> row = rows.Row(0);
    return {row.begin(), row.end()};
  }

  // Counts fall from 3 to 1 of 6.
  OwnedStore store_{TableOf({{"the", {4, 0}}, {"river", {0, 2}}, {"cold", {2, 2}}}),
                    Precision::kFloat32};
};

TEST_F(WordMeanEmbedderTest, TakesTheMeanOfTheKnownWordsAsOftenAsTheyCome) {
  EXPECT_THAT(Embed({}, "the cold river"), ElementsAre(2, 4.0f / 3));
  EXPECT_THAT(Embed({}, "river nobody\tcold\nriver"), ElementsAre(2.0f / 3, 2));
}

TEST_F(WordMeanEmbedderTest, GivesZeroForATextOfUnknownWords) {
  EXPECT_THAT(Embed({}, "nobody knows"), ElementsAre(0, 0));
  EXPECT_THAT(Embed({}, ""), ElementsAre(0, 0));
}

TEST_F(WordMeanEmbedderTest, WeighsFrequentWordsLess) {
  const WordMeanOptions options = {.weighting = WordWeighting::kSmoothInverseFrequency,
                                   .smoothing = 0.5};
  // Shares 1/2 and 1/3: weights 1/2 and 3/5.
  EXPECT_THAT(Embed(options, "the river"),
              ElementsAre(FloatNear(1, 1e-6f), FloatNear(0.6f, 1e-6f)));
}

TEST_F(WordMeanEmbedderTest, CutsTextAsItIsTold) {
  EXPECT_THAT(Embed({}, "The COLD, river!"), ElementsAre(0, 0));
  const WordMeanOptions folding = {.tokenizer = TokenizerKind::kWords};
  EXPECT_THAT(Embed(folding, "The COLD, river!"), ElementsAre(2, 4.0f / 3));
}

TEST_F(WordMeanEmbedderTest, NamesEachUnknownWordOnce) {
  const WordMeanEmbedder embedder(*store_, {});
  EXPECT_THAT(embedder.UnknownWords("the odd river is odd"), ElementsAre("odd", "is"));
  // In no time where there are many.
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "odd" + std::to_string(i) + " ";
  EXPECT_THAT(embedder.UnknownWords(text + text), testing::SizeIs(100'000));
}

TEST(WordMeanEmbedder, MakesUnseenWordsOfTheirSubwords) {
  const SubwordOptions options = {SubwordHash::kFastText, 2, 3, 11, 1};
  const OwnedStore store(MakeSubwordTable(4, 5, options, /*dense=*/true), Precision::kFloat32);
  std::vector<float> expected(5);
  ASSERT_TRUE(store->CopyUnseenRow("unseen", expected));
  WordMeanEmbedder embedder(
      *store, {.weighting = WordWeighting::kSmoothInverseFrequency, .smoothing = 1e-3});
  const AlignedMatrix rows = embedder.Embed(std::vector<std::string>{"unseen"});
  EXPECT_THAT(rows.Row(0), Pointwise(testing::FloatEq(), expected));
  EXPECT_THAT(embedder.UnknownWords("unseen"), ElementsAre());
}

TEST(WordMeanEmbedder, IsTheSameOnAnyNumberOfThreads) {
  const OwnedStore store(MakeTable(50, 9), Precision::kTwoPlane);
  std::vector<std::string> texts;
  for (int i = 0; i < 300; ++i) {
    texts.push_back("w" + std::to_string(i % 50) + " w" + std::to_string(i * 7 % 60));
  }
  const AlignedMatrix alone = WordMeanEmbedder(*store, {}).Embed(texts);
  const AlignedMatrix together = WordMeanEmbedder(*store, {.thread_count = 4}).Embed(texts);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_THAT(together.Row(i), Pointwise(testing::Eq(), alone.Row(i)));
  }
}

TEST(WordMeanEmbedder, RefusesToWeighByCountsThatAreNotThere) {
  EmbeddingTable table = MakeTable(2, 3);
  table.vocabulary = Vocabulary({{"a", 0}, {"b", 0}});
  const OwnedStore store(table, Precision::kInt8);
  EXPECT_THAT(
      Refusal(
          [&] { WordMeanEmbedder(*store, {.weighting = WordWeighting::kSmoothInverseFrequency}); },
          ErrorKind::kUsage),
      HasSubstr("has no counts, by which SIF weighs words"));
}

}  // namespace
}  // namespace wordkin::query
