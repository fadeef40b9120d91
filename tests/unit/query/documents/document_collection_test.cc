#include "query/documents/document_collection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "query/documents/document_search.h"
#include "query/documents/word_mean_embedder.h"
#include "query/search/exact_index.h"
#include "tests/unit/query/query_testing.h"

namespace wordkin::query {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::FloatNear;

// The first direction by the power method, in doubles and on its own.
std::vector<double> StrongestDirection(const std::vector<std::vector<float>>& rows) {
  std::vector<double> direction(rows.front().size(), 1.0);
  for (int step = 0; step < 2000; ++step) {
    std::vector<double> next(direction.size());
    for (const std::vector<float>& row : rows) {
      double along = 0;
      for (std::size_t i = 0; i < row.size(); ++i) along += double{row[i]} * direction[i];
      for (std::size_t i = 0; i < row.size(); ++i) next[i] += along * double{row[i]};
    }
    double length = 0;
    for (const double value : next) length += value * value;
    for (double& value : next) value /= std::sqrt(length);
    direction = next;
  }
  return direction;
}

class DocumentCollectionTest : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 40; ++i) {
      documents_.push_back(
          {"d" + std::to_string(i), "w" + std::to_string(i) + " w" + std::to_string(i * i % 50)});
    }
  }

  void Write(CollectedDocuments& made, const std::string& path,
             const EmbeddingStore* earlier = nullptr) const {
    AtomicFile file(path);
    WriteStore(file, made.table,
               {.precision = Precision::kFloat32, .texts = &made.texts, .earlier_rows = earlier});
  }

  OwnedStore words_{MakeTable(50, 6), Precision::kFloat32};
  WordMeanEmbedder embedder_{*words_, {}};
  std::vector<Document> documents_;
  const TemporaryFolder folder_;
  const std::string path_ = folder_.PathOf("d.kin");
};

TEST_F(DocumentCollectionTest, LeavesOutTextsWithNothingToGoBy) {
  DocumentCollection collection(embedder_);
  const std::vector<Document> documents = {{"a", "w1"}, {"b", "nothing"}, {"c", "w2"}, {"d", ""}};
  EXPECT_THAT(collection.Add(documents), ElementsAre(1u, 3u));
  EXPECT_EQ(collection.size(), 2u);
  CollectedDocuments made = collection.Finish(/*removes_component=*/false, 1);
  EXPECT_EQ(made.table.vocabulary.Word(1), "c");
  EXPECT_TRUE(made.component.empty());
  Write(made, path_);
  const EmbeddingStore store(path_);
  EXPECT_THAT(TextsOf(store, {0, 1}), ElementsAre("w1", "w2"));
  EXPECT_EQ(RowOf(store, 1), RowOf(*words_, 2));
}

TEST_F(DocumentCollectionTest, TakesTheStrongestDirectionAway) {
  DocumentCollection collection(embedder_);
  collection.Add(documents_);
  const CollectedDocuments made = collection.Finish(/*removes_component=*/true, 2);
  std::vector<std::string> texts;
  for (const Document& document : documents_) texts.push_back(document.text);
  const AlignedMatrix plain = embedder_.Embed(texts);
  std::vector<std::vector<float>> rows;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    rows.emplace_back(plain.Row(i).begin(), plain.Row(i).end());
  }
  const std::vector<double> direction = StrongestDirection(rows);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    double along = 0;
    for (std::size_t i = 0; i < 6; ++i) along += double{rows[row][i]} * direction[i];
    for (std::size_t i = 0; i < 6; ++i) {
      EXPECT_THAT(made.table.rows.Row(row)[i],
                  FloatNear(static_cast<float>(rows[row][i] - along * direction[i]), 1e-5f));
    }
  }
  EXPECT_EQ(made.component.size(), 6u);
  EXPECT_EQ(made.without_direction, 0u);
}

TEST_F(DocumentCollectionTest, CountsRowsThatAreAllAlike) {
  DocumentCollection collection(embedder_);
  collection.Add(std::vector<Document>{{"a", "w1 w2"}, {"b", "w1 w2"}, {"c", "w2 w1"}});
  EXPECT_EQ(collection.Finish(/*removes_component=*/true, 1).without_direction, 3u);
}

TEST_F(DocumentCollectionTest, TakesAwayTheComponentOfEarlierDocumentsAndKeepsWhatIsNothingElse) {
  const OwnedStore words(TableOf({{"along", {0.6f, 0.8f}}, {"across", {0, 2}}}),
                         Precision::kFloat32);
  WordMeanEmbedder embedder(*words, {.component = {0.6f, 0.8f}});
  DocumentCollection collection(embedder);
  EXPECT_THAT(collection.Add(std::vector<Document>{{"a", "along"}, {"b", "across"}, {"c", "odd"}}),
              ElementsAre(2u));
  CollectedDocuments made = collection.Finish(/*removes_component=*/false, 1);
  EXPECT_EQ(made.without_direction, 1u);
  EXPECT_THAT(made.table.rows.Row(0), ElementsAre(0, 0));
  // (0, 2) less 1.6 times the direction.
  EXPECT_THAT(made.table.rows.Row(1),
              ElementsAre(FloatNear(-0.96f, 1e-6f), FloatNear(0.72f, 1e-6f)));
  // A question of which nothing is left was understood all the same.
  Write(made, path_);
  const EmbeddingStore store(path_);
  const auto answers = FindDocuments(ExactIndex(store), embedder,
                                     std::vector<std::string>{"along", "across", "odd"}, {});
  EXPECT_TRUE(answers[0].is_understood);
  EXPECT_TRUE(answers[0].found.empty());
  EXPECT_EQ(answers[1].found.front().row, 1u);
  EXPECT_FALSE(answers[2].is_understood);
}

TEST_F(DocumentCollectionTest, TakesNothingAwayFromOneDocument) {
  DocumentCollection collection(embedder_);
  collection.Add(std::vector<Document>{{"a", "w1 w2"}});
  const CollectedDocuments made = collection.Finish(/*removes_component=*/true, 1);
  EXPECT_TRUE(made.component.empty());
  EXPECT_EQ(made.without_direction, 0u);
}

TEST_F(DocumentCollectionTest, GoesOnBehindEarlierDocuments) {
  DocumentCollection first(embedder_);
  first.Add(std::span(documents_).first(25));
  CollectedDocuments made = first.Finish(/*removes_component=*/false, 1);
  Write(made, path_);
  const EmbeddingStore earlier(path_);
  DocumentCollection second(embedder_, &earlier);
  second.Add(std::span(documents_).subspan(25));
  EXPECT_EQ(second.size(), 15u);
  CollectedDocuments more = second.Finish(/*removes_component=*/false, 1);
  const std::string longer_path = folder_.PathOf("longer.kin");
  Write(more, longer_path, &earlier);
  VerifyStore(longer_path);
  const EmbeddingStore longer(longer_path);
  ASSERT_EQ(longer.size(), 40u);
  for (WordId id = 0; id < 40; ++id) {
    EXPECT_EQ(longer.Word(id), documents_[id].id);
    EXPECT_THAT(TextsOf(longer, {id}), ElementsAre(documents_[id].text));
  }
}

TEST_F(DocumentCollectionTest, IsFoundByItsTexts) {
  DocumentCollection collection(embedder_);
  collection.Add(documents_);
  CollectedDocuments made = collection.Finish(/*removes_component=*/false, 1);
  Write(made, path_);
  const EmbeddingStore store(path_);
  const ExactIndex index(store);
  const std::vector<std::string> texts = {documents_[7].text, "nothing", documents_[30].text};
  const std::vector<DocumentAnswer> answers = FindDocuments(index, embedder_, texts, {.count = 3});
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_TRUE(answers[0].is_understood);
  ASSERT_EQ(answers[0].found.size(), 3u);
  EXPECT_EQ(store.Word(answers[0].found[0].row), "d7");
  EXPECT_THAT(double{answers[0].found[0].score}, DoubleNear(1, 1e-6));
  EXPECT_THAT(TextsOf(store, {answers[0].found[0].row}), ElementsAre(documents_[7].text));
  EXPECT_FALSE(answers[1].is_understood);
  EXPECT_TRUE(answers[1].found.empty());
  EXPECT_EQ(answers[2].found[0].row, 30u);
  EXPECT_EQ(
      FindDocuments(index, embedder_, texts, {.count = 3, .least_score = 0.9999})[0].found.size(),
      1u);
}

}  // namespace
}  // namespace wordkin::query
