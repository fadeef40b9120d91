#include "query/questions/query_word.h"

#include <algorithm>

#include "common/math/vector_kernels.h"
#include "common/text/utf8.h"

namespace wordkin::query {

std::optional<QueryWord> ResolveWord(const EmbeddingStore& store, std::string_view word) {
  if (const std::optional<WordId> id = store.Find(word)) return QueryWord(*id);
  if (store.subwords() == nullptr || !IsValidUtf8(word)) return std::nullopt;
  QueryWord unseen;
  unseen.unit_row.resize(store.dimension());
  if (!store.CopyUnseenRow(word, unseen.unit_row)) return std::nullopt;
  // Rows that are zero say nothing.
  if (Normalize(unseen.unit_row) == 0) return std::nullopt;
  return unseen;
}

bool HasDirection(const EmbeddingStore& store, const QueryWord& word) {
  std::vector<float> row(store.dimension());
  CopyUnitRow(store, word, row);
  return std::ranges::any_of(row, [](float value) { return value != 0; });
}

void CopyUnitRow(const EmbeddingStore& store, const QueryWord& word, std::span<float> row) {
  if (word.is_unseen()) {
    std::copy(word.unit_row.begin(), word.unit_row.end(), row.begin());
  } else {
    store.CopyUnitRow(word.id, row);
  }
}

}  // namespace wordkin::query
