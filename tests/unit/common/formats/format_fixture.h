#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/formats/vector_format.h"
#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"
#include "common/store/store_writer.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"

namespace wordkin {

// A folder of its own for each test, and small files in it.
class FormatTest : public testing::Test {
 protected:
  struct Row {
    std::string word;
    std::vector<float> values;
  };

  void SetUp() override {
    std::string pattern = testing::TempDir() + "wordkin-formats-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string PathOf(const std::string& name) const { return folder_ / name; }

  std::string MakeFile(const std::string& name, std::string_view content) const {
    std::ofstream(PathOf(name), std::ios::binary) << content;
    return PathOf(name);
  }

  static std::string ReadFile(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  // The path of a float32 store of 'rows'.
  std::string MakeStore(const std::vector<Row>& rows) const {
    std::vector<Vocabulary::Entry> entries;
    AlignedMatrix values(rows.size(), rows.front().values.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
      entries.push_back({rows[row].word, 0});
      std::copy(rows[row].values.begin(), rows[row].values.end(), values.Row(row).begin());
    }
    AtomicFile file(PathOf("store.kin"));
    WriteStore(file, {Vocabulary(entries), std::move(values)}, {Precision::kFloat32, ""});
    return PathOf("store.kin");
  }

  // What the named format writes for 'rows'.
  std::string Written(std::string_view format, const std::vector<Row>& rows) const {
    const EmbeddingStore store(MakeStore(rows));
    BufferedOutput output(PathOf("written"));
    FindVectorFormat(format)->write(output, store, {});
    return ReadFile(PathOf("written"));
  }

  static std::vector<Row> RowsOf(const EmbeddingTable& table) {
    std::vector<Row> rows;
    for (std::size_t row = 0; row < table.vocabulary.size(); ++row) {
      const auto values = table.rows.Row(row);
      rows.push_back({std::string(table.vocabulary.Word(static_cast<WordId>(row))),
                      std::vector<float>(values.begin(), values.end())});
    }
    return rows;
  }

  // The file 'content' as the named format, with options_; skipped_ tells what was left out.
  EmbeddingTable Read(std::string_view format, std::string_view content) {
    return ReadPath(format, MakeFile("content", content));
  }

  EmbeddingTable ReadPath(std::string_view format, const std::string& path) {
    skipped_ = {};
    return FindVectorFormat(format)->read(VectorFile(path), options_, skipped_);
  }

  // The words of what is left under --on-error skip.
  std::vector<std::string> WordsLeft(std::string_view format, std::string_view content) {
    options_.on_fault = FaultPolicy::kSkip;
    std::vector<std::string> words;
    for (const Row& row : RowsOf(Read(format, content))) words.push_back(row.word);
    options_.on_fault = FaultPolicy::kRefuse;
    return words;
  }

  // The message with which the named format refuses 'content', "" when it is taken. Checks the
  // kind and that the path is named.
  std::string Refusal(std::string_view format, std::string_view content) {
    try {
      Read(format, content);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kDamaged) << error.what();
      EXPECT_NE(std::string(error.what()).find(PathOf("content")), std::string::npos)
          << error.what();
      return error.what();
    }
    return "";
  }

  ReadOptions options_;
  SkippedRows skipped_;

 private:
  std::filesystem::path folder_;
};

// The bytes of a float, as a binary file holds them.
inline std::string BytesOf(const std::vector<float>& values) {
  std::string bytes(values.size() * sizeof(float), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

}  // namespace wordkin
