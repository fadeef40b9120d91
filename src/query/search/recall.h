#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "query/search/vector_index.h"

namespace wordkin::query {

// What recall is measured by: rows to ask about, and the share of the true neighbours found.

// At most 'count' of the rows, spread evenly, ascending.
std::vector<WordId> SpreadRows(std::size_t count, std::size_t row_count);

// How many of the true neighbours are among those found.
std::size_t CountFound(std::span<const Neighbor> truth, std::span<const Neighbor> found);

}  // namespace wordkin::query
