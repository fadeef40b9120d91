#include "common/store/read_table.h"

#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wordkin {
namespace {

AlignedMatrix ReadMatrix(std::span<const float> values, std::size_t dimension) {
  if (values.empty()) return {};
  AlignedMatrix matrix(values.size() / dimension, dimension);
  for (std::size_t row = 0; row < matrix.row_count(); ++row) {
    std::memcpy(matrix.Row(row).data(), values.data() + row * dimension, dimension * sizeof(float));
  }
  return matrix;
}

std::optional<SubwordTable> ReadSubwords(const EmbeddingStore& store) {
  const StoredSubwords* const stored = store.subwords();
  if (stored == nullptr) return std::nullopt;
  SubwordTable table{stored->options(), std::vector<std::uint32_t>(stored->row_count()),
                     AlignedMatrix(stored->row_count(), store.dimension())};
  for (std::size_t row = 0; row < table.buckets.size(); ++row) {
    table.buckets[row] = stored->Bucket(row);
    stored->CopyRow(row, table.rows.Row(row));
  }
  return table;
}

}  // namespace

EmbeddingTable ReadTable(const EmbeddingStore& store) {
  const std::vector<std::uint64_t> counts = store.ReadCounts();
  std::vector<Vocabulary::Entry> entries(store.size());
  AlignedMatrix rows(store.size(), store.dimension());
  for (std::size_t i = 0; i < store.size(); ++i) {
    const auto id = static_cast<WordId>(i);
    entries[i] = {std::string(store.Word(id)), counts[i]};
    store.CopyRow(id, rows.Row(i));
  }
  return {.vocabulary = Vocabulary(entries),
          .rows = std::move(rows),
          .subwords = ReadSubwords(store),
          .word_rows = ReadMatrix(store.word_rows(), store.dimension()),
          .output_rows = ReadMatrix(store.output_rows(), store.dimension())};
}

}  // namespace wordkin
