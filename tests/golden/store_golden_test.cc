// Small stores that an earlier build wrote, read exactly as they were meant. They never change:
// when this test fails, files that people keep have become unreadable.

#include <gtest/gtest.h>

#include <cfloat>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "common/store/embedding_store.h"
#include "common/store/store_writer.h"

namespace wordkin {
namespace {

constexpr Precision kPrecisions[] = {Precision::kInt8, Precision::kTwoPlane, Precision::kFloat32};
constexpr const char* kMetadata =
    R"({"program":"wordkin","note":"golden, golden, golden, golden"})";
constexpr const char* kGraph = "stands for the links of a graph graph graph graph graph graph";

std::string GoldenPath(Precision precision) {
  return std::string(WORDKIN_GOLDEN_FOLDER) + "/store/" + std::string(PrecisionName(precision)) +
         ".kin";
}

// One row a line in hexadecimal floating point: what CopyRow must give, bit for bit.
std::string ExpectedRowsPath(Precision precision) {
  return std::string(WORDKIN_GOLDEN_FOLDER) + "/store/" + std::string(PrecisionName(precision)) +
         ".rows";
}

// The table in the files: twenty words, so that there are two blocks of each kind.
EmbeddingTable GoldenTable() {
  const std::vector<std::string> words = {
      "the",   "of",     "Straße", "语言", "король", "a b",   "naïve", "don't", "🦆", "x",
      "seven", "eleven", "twelve", "six",  "ten",    "eight", "nine",  "five",  "two",  "one"};
  std::vector<Vocabulary::Entry> entries;
  AlignedMatrix rows(words.size(), 6);
  for (std::size_t row = 0; row < words.size(); ++row) {
    entries.push_back({words[row], 1000 / (row + 1)});
    for (std::size_t column = 0; column < 6; ++column) {
      const auto value = static_cast<float>((row * 37 + column * 101 + 13) % 211) - 105;
      rows.Row(row)[column] = value * (column % 2 == 0 ? 0.03125f : 0.1f);
    }
  }
  // A zero row, and the edges of float.
  for (float& value : rows.Row(5)) value = 0;
  const float edges[] = {FLT_MAX, -FLT_MAX, FLT_MIN, -0.0f, 0x1p-149f, 1.0f};
  std::copy(std::begin(edges), std::end(edges), rows.Row(7).begin());
  return {Vocabulary(entries), std::move(rows)};
}

std::vector<std::vector<float>> ReadExpectedRows(Precision precision) {
  std::ifstream stream(ExpectedRowsPath(precision));
  std::vector<std::vector<float>> rows;
  for (std::string line; std::getline(stream, line);) {
    std::istringstream values(line);
    rows.emplace_back();
    for (std::string value; values >> value;) {
      rows.back().push_back(std::strtof(value.c_str(), nullptr));
    }
  }
  return rows;
}

TEST(GoldenStore, ReadsAsItWasWritten) {
  const EmbeddingTable table = GoldenTable();
  for (const Precision precision : kPrecisions) {
    VerifyStore(GoldenPath(precision));
    const EmbeddingStore store(GoldenPath(precision));
    ASSERT_EQ(store.size(), table.vocabulary.size());
    ASSERT_EQ(store.dimension(), 6u);
    EXPECT_EQ(store.precision(), precision);
    EXPECT_EQ(store.ReadMetadata(), kMetadata);
    const auto graph = store.ReadSection(SectionKind::kGraph);
    ASSERT_TRUE(graph);
    EXPECT_EQ(std::string(reinterpret_cast<const char*>(graph->data()), graph->size()), kGraph);
    const std::vector<std::uint64_t> counts = store.ReadCounts();
    const std::vector<std::vector<float>> expected_rows = ReadExpectedRows(precision);
    ASSERT_EQ(expected_rows.size(), store.size());
    std::vector<float> row(6);
    for (WordId id = 0; id < store.size(); ++id) {
      EXPECT_EQ(store.Word(id), table.vocabulary.Word(id));
      EXPECT_EQ(store.Find(table.vocabulary.Word(id)), id);
      EXPECT_EQ(counts[id], table.vocabulary.Count(id));
      store.CopyRow(id, row);
      EXPECT_EQ(std::memcmp(row.data(), expected_rows[id].data(), 6 * sizeof(float)), 0) << id;
    }
  }
}

TEST(GoldenStore, ExpectsTheTableItselfOfFloatRows) {
  const EmbeddingTable table = GoldenTable();
  const std::vector<std::vector<float>> rows = ReadExpectedRows(Precision::kFloat32);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    EXPECT_EQ(std::memcmp(rows[row].data(), table.rows.Row(row).data(), 6 * sizeof(float)), 0);
  }
}

// Only for a new format version, whose files join these: run with
// --gtest_also_run_disabled_tests --gtest_filter='*WritesTheGoldenFiles'.
TEST(GoldenStore, DISABLED_WritesTheGoldenFiles) {
  const std::string graph = kGraph;
  for (const Precision precision : kPrecisions) {
    const std::string path = GoldenPath(precision);
    ASSERT_FALSE(std::filesystem::exists(path)) << "remove " << path << " first";
    {
      AtomicFile file(path);
      WriteStore(file, GoldenTable(), {precision, kMetadata});
    }
    {
      const EmbeddingStore store(path);
      AtomicFile file(path);
      WriteStoreWithSection(file, store, SectionKind::kGraph, std::as_bytes(std::span(graph)));
    }
    const EmbeddingStore store(path);
    std::ofstream rows(ExpectedRowsPath(precision));
    rows << std::hexfloat;
    std::vector<float> row(store.dimension());
    for (WordId id = 0; id < store.size(); ++id) {
      store.CopyRow(id, row);
      for (std::size_t i = 0; i < row.size(); ++i) rows << (i == 0 ? "" : " ") << row[i];
      rows << '\n';
    }
  }
}

}  // namespace
}  // namespace wordkin
