#include "query/search/search_plan.h"

namespace wordkin::query {

std::optional<MeasuredEffort> EffortFor(std::span<const MeasuredEffort> efforts, double recall) {
  for (const MeasuredEffort& each : efforts) {
    if (static_cast<double>(each.recall) >= recall) return each;
  }
  return std::nullopt;
}

bool GraphPays(const MeasuredEffort& effort, std::size_t row_count, std::size_t dimension) {
  // The scan streams rows, 0.65 ns for one of 100 values; the graph jumps, and waits for memory,
  // 37 ns a row looked at (341,479 x 100, AVX-512 VNNI; within a tenth at 67,867 x 200 too).
  constexpr double kScanNsAValue = 0.0065;
  constexpr double kJumpNs = 30, kGraphNsAValue = 0.07;
  const auto values = static_cast<double>(dimension);
  const double scan_ns = static_cast<double>(row_count) * kScanNsAValue * values;
  return static_cast<double>(effort.scored_rows) * (kJumpNs + kGraphNsAValue * values) < scan_ns;
}

bool NibblesPay(std::size_t row_count, std::size_t dimension) {
  // Half the bytes pay once the rows of 8 bits outgrow the cache that they are read from. With 32
  // MB of it, one thread took by 4 bits 1.4 times as long at 4 million values, 0.95 times at 16
  // million and 0.4 times at 34 million (EPYC, AVX-512 VNNI, rows of 100 and 200).
  constexpr std::size_t kLeastValues = 24'000'000;
  return row_count * dimension >= kLeastValues;
}

}  // namespace wordkin::query
