#include "cli/documents/document_writing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/documents/word_mean_embedder.h"
#include "tests/unit/cli/pipe_console.h"
#include "tests/unit/common/store/store_testing.h"

namespace wordkin::cli {
namespace {

class WriteDocumentsTest : public testing::Test {
 protected:
  bool WriteSome(bool with_graph, bool is_stopped) {
    WriteTable(words_path_, MakeTable(50, 6), Precision::kFloat32);
    const EmbeddingStore words(words_path_);
    query::WordMeanEmbedder embedder(words, {});
    query::DocumentCollection collection(embedder);
    std::vector<query::Document> documents;
    for (int i = 0; i < 50; ++i) {
      documents.push_back({"d" + std::to_string(i), "w" + std::to_string(i)});
    }
    collection.Add(documents);
    const DocumentOutput output = {.settings = "{}", .with_graph = with_graph, .quiet = true};
    const std::atomic<bool> stop{is_stopped};
    AtomicFile file(path_);
    return WriteDocuments(file, collection.Finish(false, 1), output, stop, pipes_.console);
  }

  bool HasGraphInFile() const {
    const EmbeddingStore store(path_);
    return store.ReadSection(SectionKind::kGraph).has_value();
  }

  PipeConsole pipes_;
  const TemporaryFolder folder_;
  const std::string words_path_ = folder_.PathOf("v.kin");
  const std::string path_ = folder_.PathOf("d.kin");
};

TEST_F(WriteDocumentsTest, AddsAGraphWhereItIsAskedFor) {
  EXPECT_TRUE(WriteSome(/*with_graph=*/true, /*is_stopped=*/false));
  VerifyStore(path_);
  EXPECT_TRUE(HasGraphInFile());
  EXPECT_FALSE(WriteSome(/*with_graph=*/false, /*is_stopped=*/false));
  VerifyStore(path_);
  EXPECT_FALSE(HasGraphInFile());
}

TEST_F(WriteDocumentsTest, WritesTheDocumentsWhenTheGraphIsStopped) {
  EXPECT_FALSE(WriteSome(/*with_graph=*/true, /*is_stopped=*/true));
  VerifyStore(path_);
  EXPECT_FALSE(HasGraphInFile());
  EXPECT_EQ(TextsOf(EmbeddingStore(path_), {7}).front(), "w7");
  EXPECT_EQ(EmbeddingStore(path_).ReadDocumentSettings(), "{}");
}

TEST_F(WriteDocumentsTest, RefusesToAddToAFileThatChangedMeanwhile) {
  WriteSome(/*with_graph=*/false, /*is_stopped=*/false);
  const EmbeddingStore earlier(path_);
  const EmbeddingStore words(words_path_);
  query::WordMeanEmbedder embedder(words, {});
  query::DocumentCollection collection(embedder, &earlier);
  collection.Add(std::vector<query::Document>{{"new", "w1"}});
  WriteSome(/*with_graph=*/true, /*is_stopped=*/false);
  const std::string before = ReadText(path_);
  const DocumentOutput output = {.settings = "{}", .earlier = &earlier, .with_graph = false};
  const std::atomic<bool> stop{false};
  AtomicFile file(path_);
  EXPECT_THAT(
      Refusal(
          [&] { WriteDocuments(file, collection.Finish(false, 1), output, stop, pipes_.console); },
          ErrorKind::kInputOutput),
      testing::HasSubstr("another program changed the file meanwhile"));
  EXPECT_EQ(ReadText(path_), before);
}

}  // namespace
}  // namespace wordkin::cli
