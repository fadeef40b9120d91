#pragma once

#include <omp.h>

#include <algorithm>
#include <cstddef>

namespace wordkin::contextual {

// Calls work(begin, end) for parts that make up [0, row_count), on the threads that OpenMP gives
// the caller; on one when a part would be too small to be worth waking another. 'work' must not
// throw.
template <typename Work>
void ForRows(std::size_t row_count, std::size_t values_per_row, const Work& work) {
  constexpr std::size_t kWorthAThread = 16'384;  // values: some microseconds
  const std::size_t part_count =
      std::clamp<std::size_t>(row_count * values_per_row / kWorthAThread, 1,
                              static_cast<std::size_t>(omp_get_max_threads()));
  if (part_count == 1) return work(std::size_t{0}, row_count);
#pragma omp parallel for schedule(static) num_threads(static_cast <int>(part_count))
  for (std::size_t part = 0; part < part_count; ++part) {
    work(row_count * part / part_count, row_count * (part + 1) / part_count);
  }
}

}  // namespace wordkin::contextual
