#include "cli/stored_provenance.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "common/store/store_writer.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace {

// The path of a store with this metadata.
std::string StoreOf(const std::string& metadata) {
  const std::string path = std::filesystem::temp_directory_path() /
                           ("provenance." + std::to_string(::getpid()) + ".kin");
  EmbeddingTable table{Vocabulary({{"king", 2}, {"queen", 1}}), AlignedMatrix(2, 4)};
  table.rows.Row(0)[0] = 1;
  table.rows.Row(1)[1] = 1;
  AtomicFile file(path);
  WriteStore(file, table, {.precision = Precision::kFloat32, .metadata_json = metadata});
  return path;
}

// What is read back from it.
Json RoundTrip(const std::string& metadata) {
  const std::string path = StoreOf(metadata);
  const EmbeddingStore store(path);
  std::filesystem::remove(path);
  return ReadProvenance(store);
}

TEST(ReadProvenance, GivesWhatWasWrittenInItsOrder) {
  EXPECT_EQ(RoundTrip("{\"z\":1,\"a\":[2]}").dump(), "{\"z\":1,\"a\":[2]}");
  EXPECT_EQ(RoundTrip("").dump(), "{}");
}

TEST(ReadProvenance, RefusesWhatIsNoObject) {
  EXPECT_THROW(RoundTrip("[1]"), Error);
  EXPECT_THROW(RoundTrip("{\"a\":"), Error);
}

// Written out again, a million levels would overflow the stack.
TEST(ReadProvenance, RefusesDeepNesting) {
  const std::size_t levels = 1'000'000;
  EXPECT_THROW(RoundTrip("{\"a\":" + std::string(levels, '[') + std::string(levels, ']') + "}"),
               Error);
}

TEST(StoredTokenizer, IsThatOfTheCorpusOrElseWhiteSpace) {
  const auto tokenizer = [](const std::string& metadata) {
    const std::string path = StoreOf(metadata);
    const EmbeddingStore store(path);
    std::filesystem::remove(path);
    return StoredTokenizer(store);
  };
  EXPECT_EQ(tokenizer(R"({"tokenizer":"words"})"), TokenizerKind::kWords);
  EXPECT_EQ(tokenizer(R"({"tokenizer":"characters"})"), TokenizerKind::kCharacters);
  EXPECT_EQ(tokenizer(R"({"tokenizer":"whitespace"})"), TokenizerKind::kWhitespace);
  EXPECT_EQ(tokenizer(R"({"tokenizer":7})"), TokenizerKind::kWhitespace);
  EXPECT_EQ(tokenizer(""), TokenizerKind::kWhitespace);
}

}  // namespace
}  // namespace wordkin::cli
