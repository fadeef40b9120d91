#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "query/search/packed_graph.h"

namespace wordkin::query {

// Which search costs least for the recall wanted.

// The least effort that reached 'recall' when the graph was built; nullopt when none did or nothing
// was measured.
std::optional<MeasuredEffort> EffortFor(std::span<const MeasuredEffort> efforts, double recall);

// Whether a search of the graph with that effort costs less than the exact scan of all rows, eight
// queries at a time.
bool GraphPays(const MeasuredEffort& effort, std::size_t row_count, std::size_t dimension);

// Whether a query alone costs less by rows of 4 bits, of which more must be scored again, than by
// those of 8.
bool NibblesPay(std::size_t row_count, std::size_t dimension);

}  // namespace wordkin::query
