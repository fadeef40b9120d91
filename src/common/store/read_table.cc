#include "common/store/read_table.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace wordkin {

EmbeddingTable ReadTable(const EmbeddingStore& store) {
  const std::vector<std::uint64_t> counts = store.ReadCounts();
  std::vector<Vocabulary::Entry> entries(store.size());
  AlignedMatrix rows(store.size(), store.dimension());
  for (std::size_t i = 0; i < store.size(); ++i) {
    const auto id = static_cast<WordId>(i);
    entries[i] = {std::string(store.Word(id)), counts[i]};
    store.CopyRow(id, rows.Row(i));
  }
  return {Vocabulary(entries), std::move(rows)};
}

}  // namespace wordkin
