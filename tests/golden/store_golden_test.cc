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

// The same twenty words with what a trainer of subwords adds.
constexpr const char* kTrainingState = R"({"note":"golden"})";

std::string SubwordGoldenPath(Precision precision) {
  return std::string(WORDKIN_GOLDEN_FOLDER) + "/store/subwords-" +
         std::string(PrecisionName(precision)) + ".kin";
}

AlignedMatrix PlainMatrix(std::size_t row_count, std::size_t step) {
  AlignedMatrix matrix(row_count, 6);
  for (std::size_t row = 0; row < row_count; ++row) {
    for (std::size_t column = 0; column < 6; ++column) {
      matrix.Row(row)[column] =
          static_cast<float>((row * step + column * 29 + 5) % 97) * 0.0625f - 3.0f;
    }
  }
  return matrix;
}

EmbeddingTable SubwordGoldenTable() {
  EmbeddingTable table = GoldenTable();
  table.subwords = {{SubwordHash::kFloret, 2, 5, 90, 2}, {}, PlainMatrix(30, 41)};
  for (std::uint32_t bucket = 0; bucket < 90; bucket += 3) {
    table.subwords->buckets.push_back(bucket);
  }
  table.word_rows = PlainMatrix(20, 17);
  table.output_rows = PlainMatrix(20, 53);
  return table;
}

std::vector<std::vector<float>> ReadExpectedRows(const std::string& path) {
  std::ifstream stream(path);
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
    const std::vector<std::vector<float>> expected_rows =
        ReadExpectedRows(ExpectedRowsPath(precision));
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
  const std::vector<std::vector<float>> rows =
      ReadExpectedRows(ExpectedRowsPath(Precision::kFloat32));
  for (std::size_t row = 0; row < rows.size(); ++row) {
    EXPECT_EQ(std::memcmp(rows[row].data(), table.rows.Row(row).data(), 6 * sizeof(float)), 0);
  }
}

constexpr const char* kUnseenWords[] = {"unseen", "Stra\u00DFenbahn", "\u8BED", "theof"};

std::string UnseenRowsPath(Precision precision) {
  return std::string(WORDKIN_GOLDEN_FOLDER) + "/store/subwords-" +
         std::string(PrecisionName(precision)) + ".rows";
}

TEST(GoldenStore, ComposesUnseenWordsAsItDid) {
  const EmbeddingTable table = SubwordGoldenTable();
  for (const Precision precision : kPrecisions) {
    VerifyStore(SubwordGoldenPath(precision));
    const EmbeddingStore store(SubwordGoldenPath(precision));
    ASSERT_NE(store.subwords(), nullptr);
    EXPECT_EQ(store.subwords()->options(), table.subwords->options);
    EXPECT_EQ(store.subwords()->row_count(), 30u);
    EXPECT_EQ(store.subwords()->Bucket(7), 21u);
    EXPECT_EQ(store.ReadTrainingState(), kTrainingState);
    for (std::size_t row = 0; row < 20; ++row) {
      EXPECT_EQ(std::memcmp(&store.word_rows()[row * 6], table.word_rows.Row(row).data(), 24), 0);
      EXPECT_EQ(std::memcmp(&store.output_rows()[row * 6], table.output_rows.Row(row).data(), 24),
                0);
    }
    const auto expected_rows = ReadExpectedRows(UnseenRowsPath(precision));
    ASSERT_EQ(expected_rows.size(), std::size(kUnseenWords));
    std::vector<float> row(6);
    for (std::size_t i = 0; i < expected_rows.size(); ++i) {
      ASSERT_TRUE(store.CopyUnseenRow(kUnseenWords[i], row));
      EXPECT_EQ(std::memcmp(row.data(), expected_rows[i].data(), 24), 0) << kUnseenWords[i];
    }
  }
}

void WriteRow(std::ostream& stream, std::span<const float> row) {
  for (std::size_t i = 0; i < row.size(); ++i) stream << (i == 0 ? "" : " ") << row[i];
  stream << '\n';
}

TEST(GoldenStore, DISABLED_WritesTheSubwordGoldenFiles) {
  for (const Precision precision : kPrecisions) {
    const std::string path = SubwordGoldenPath(precision);
    ASSERT_FALSE(std::filesystem::exists(path)) << "remove " << path << " first";
    AtomicFile file(path);
    WriteStore(file, SubwordGoldenTable(), {precision, kMetadata, kTrainingState});
    const EmbeddingStore store(path);
    std::ofstream rows(UnseenRowsPath(precision));
    rows << std::hexfloat;
    std::vector<float> row(6);
    for (const char* word : kUnseenWords) {
      ASSERT_TRUE(store.CopyUnseenRow(word, row));
      WriteRow(rows, row);
    }
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
      WriteRow(rows, row);
    }
  }
}

}  // namespace
}  // namespace wordkin
