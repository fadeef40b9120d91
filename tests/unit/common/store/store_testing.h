#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/store/embedding_store.h"
#include "common/store/store_writer.h"
#include "common/support/error.h"
#include "common/support/random.h"
#include "tests/unit/common/store/store_questions.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin {

constexpr Precision kAllPrecisions[] = {Precision::kInt8, Precision::kTwoPlane,
                                        Precision::kFloat32};

// Words "w0", "w1", ... with falling counts, values in [-1, 1), all from 'seed'.
inline EmbeddingTable MakeTable(std::size_t row_count, std::size_t dimension,
                                std::uint64_t seed = 1) {
  Random random(seed);
  std::vector<Vocabulary::Entry> entries;
  AlignedMatrix rows(row_count, dimension);
  for (std::size_t row = 0; row < row_count; ++row) {
    entries.push_back({"w" + std::to_string(row), 3 * (row_count - row)});
    for (float& value : rows.Row(row)) value = random.NextFloat() * 2 - 1;
  }
  return {Vocabulary(entries), std::move(rows)};
}

// The same with rows for every third of 'bucket_count' buckets (for every one where that is 1 or
// 'dense'), own rows and output rows.
inline EmbeddingTable MakeSubwordTable(std::size_t row_count, std::size_t dimension,
                                       const SubwordOptions& options, bool dense = false) {
  EmbeddingTable table = MakeTable(row_count, dimension);
  Random random(2);
  const auto fill = [&](AlignedMatrix& matrix) {
    for (std::size_t row = 0; row < matrix.row_count(); ++row) {
      for (float& value : matrix.Row(row)) value = random.NextFloat() * 2 - 1;
    }
  };
  SubwordTable subwords{options, {}, {}};
  for (std::uint32_t bucket = 0; bucket < options.bucket_count; bucket += dense ? 1 : 3) {
    subwords.buckets.push_back(bucket);
  }
  subwords.rows = AlignedMatrix(subwords.buckets.size(), dimension);
  table.word_rows = AlignedMatrix(row_count, dimension);
  table.output_rows = AlignedMatrix(row_count, dimension);
  fill(subwords.rows);
  fill(table.word_rows);
  fill(table.output_rows);
  table.subwords = std::move(subwords);
  return table;
}

// What a GloVe run keeps in a checkpoint.
inline void AddGloveRows(EmbeddingTable& table) {
  Random random(3);
  for (AlignedMatrix* const rows : {&table.glove_word_rows, &table.glove_context_rows}) {
    *rows = AlignedMatrix(table.rows.row_count(), GloveRowFloats(table.rows.dimension()));
    for (std::size_t row = 0; row < rows->row_count(); ++row) {
      for (float& value : rows->Row(row)) value = random.NextFloat();
    }
  }
}

inline void WriteTable(const std::string& path, const EmbeddingTable& table, Precision precision,
                       const std::string& metadata = "", const std::string& training_state = "") {
  AtomicFile file(path);
  WriteStore(file, table, {precision, metadata, training_state});
}

// The same with a text for each word.
inline void WriteDocuments(const std::string& path, const EmbeddingTable& table,
                           Precision precision, const std::vector<std::string>& texts,
                           const std::string& settings = R"({"weighting":"mean"})") {
  TextFrames frames;
  for (const std::string& text : texts) frames.Add(text);
  frames.Finish();
  AtomicFile file(path);
  WriteStore(file, table,
             {.precision = precision, .texts = &frames, .document_settings = settings});
}

// The texts of rows, in their order.
inline std::vector<std::string> TextsOf(const EmbeddingStore& store,
                                        std::initializer_list<WordId> rows) {
  TextReader reader(*store.texts());
  std::vector<std::string> texts;
  for (const WordId row : rows) texts.emplace_back(reader.Read(row));
  return texts;
}

inline std::vector<std::byte> ReadBytes(const std::string& path) {
  const std::string text = ReadText(path);
  const std::span<const std::byte> bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

inline void WriteBytes(const std::string& path, std::span<const std::byte> bytes) {
  WriteText(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

inline std::vector<float> RowOf(const EmbeddingStore& store, WordId id) {
  std::vector<float> row(store.dimension());
  store.CopyRow(id, row);
  return row;
}

inline std::vector<float> UnitRowOf(const EmbeddingStore& store, WordId id) {
  std::vector<float> row(store.dimension());
  store.CopyUnitRow(id, row);
  return row;
}

// The message of the wordkin::Error of 'kind' that 'work' throws; "" when it throws none.
inline std::string Refusal(const std::function<void()>& work,
                           ErrorKind kind = ErrorKind::kDamaged) {
  try {
    work();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    return error.what();
  }
  return "";
}

inline std::string OpeningRefusal(const std::string& path) {
  return Refusal([&] { const EmbeddingStore store(path); });
}

inline std::string VerifyRefusal(const std::string& path) {
  return Refusal([&] { VerifyStore(path); });
}

}  // namespace wordkin
