// Opens any bytes as a counts file and decodes all of it; then again with every checksum made to
// fit, which no mutation would ever reach by itself.

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "common/support/error.h"
#include "tests/fuzz/memory_file.h"
#include "tests/unit/train/glove/counts_surgery.h"
#include "train/glove/counts_file.h"
#include "train/glove/training_tiles.h"

namespace {

using namespace wordkin;

void Use(const std::string& path) {
  static const std::atomic<bool> never_stop{false};
  train::GloveOptions options;
  options.dimension = 4;
  try {
    const train::CountedCorpus counted = train::ReadCountsFile(path);
    if (counted.counts.pair_count() == 0) return;
    const train::TrainingTiles tiles(counted.counts, options, 1 << 28, never_stop);
    if (tiles.GroupBegin(tiles.group_count()) != counted.corpus.vocabulary.size()) std::abort();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kDamaged) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Use(MemoryFile(data, size).path());
  const std::span<const std::byte> bytes = std::as_bytes(std::span(data, size));
  std::vector<std::byte> repaired(bytes.begin(), bytes.end());
  train::RepairCountsFile(repaired);
  Use(MemoryFile(reinterpret_cast<const std::uint8_t*>(repaired.data()), size).path());
  return 0;
}
