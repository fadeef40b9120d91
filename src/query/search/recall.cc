#include "query/search/recall.h"

#include <algorithm>

namespace wordkin::query {

std::vector<WordId> SpreadRows(std::size_t count, std::size_t row_count) {
  count = std::min(count, row_count);
  std::vector<WordId> rows(count);
  for (std::size_t i = 0; i < count; ++i) rows[i] = static_cast<WordId>(i * row_count / count);
  return rows;
}

std::size_t CountFound(std::span<const Neighbor> truth, std::span<const Neighbor> found) {
  const auto is_found = [&](const Neighbor& each) {
    return std::ranges::find(found, each.id, &Neighbor::id) != found.end();
  };
  return static_cast<std::size_t>(std::ranges::count_if(truth, is_found));
}

}  // namespace wordkin::query
