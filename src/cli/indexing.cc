#include "cli/indexing.h"

#include <cstdint>
#include <string>

#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"

namespace wordkin::cli {

// hnswlib keeps each row's 8-bit values beside its links while it builds.
void RequireGraphMemory(const EmbeddingStore& store, int connectivity, const std::string& remedy) {
  const std::uint64_t bytes_a_row =
      store.dimension() + static_cast<std::uint64_t>(connectivity) * 12 + 192;
  RequireMemory(store.size() * bytes_a_row, "building the graph of '" + store.path() + "'", remedy);
}

std::vector<std::byte> BuildGraph(const EmbeddingStore& store, const query::HnswOptions& options,
                                  std::string_view unit, const std::atomic<bool>& stop, bool quiet,
                                  Console& console) {
  ProgressDisplay display(console, "indexing", ProgressDisplay::FormFor(console, quiet));
  const double start = ProgressDisplay::SteadySeconds();
  const auto show = [&](std::size_t done) {
    const double elapsed = ProgressDisplay::SteadySeconds() - start;
    const auto rows = static_cast<double>(done);
    display.Update(
        rows / static_cast<double>(store.size()),
        HumanQuantity(elapsed > 0 ? rows / elapsed : 0) + " " + std::string(unit) + "/s");
  };
  return query::BuildHnswGraph(store, options, show, stop);
}

}  // namespace wordkin::cli
