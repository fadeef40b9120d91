// The reader of packed graphs refuses with kDamaged, or yields a graph that can be searched without
// ever leaving it. The first two bytes of the input choose the number of nodes.

#include <cstdint>
#include <cstdlib>
#include <set>
#include <vector>

#include "common/support/error.h"
#include "query/search/packed_graph.h"
#include "query/search/search_graph.h"

namespace {

using namespace wordkin;

constexpr std::size_t kDimension = 5;

void Search(std::span<const std::byte> bytes, std::size_t node_count) {
  ScanPlane plane{.row_count = node_count, .dimension = kDimension};
  std::vector<std::uint8_t> blocks(plane.byte_count());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    blocks[i] = static_cast<std::uint8_t>(i * 37 % 251);
  }
  const std::vector<std::uint16_t> factors(plane.block_count() * ScanPlane::kRowsPerBlock, 0x3000);
  plane.blocks = blocks.data();
  plane.cosine_factors = factors.data();
  const query::SearchGraph graph(query::PackedGraph(bytes, node_count, "fuzz"), plane);
  const ScanQuery query = QuantizeScanQuery(std::vector<float>{1, -0.5f, 0.25f, 0, 0.75f});
  constexpr std::size_t kEffort = 20;
  std::size_t scored_count = 0;
  const auto found = graph.Search(MakeRecordQuery(query, kDimension), kEffort, scored_count);
  if (found.empty() || found.size() > kEffort || scored_count < found.size()) std::abort();
  std::set<WordId> distinct;
  for (const query::Neighbor& neighbor : found) {
    if (neighbor.id >= node_count || !distinct.insert(neighbor.id).second) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMostNodes = 600;
  if (size < 2) return 0;
  const std::size_t node_count = (data[0] + 256u * data[1]) % kMostNodes + 1;
  const auto bytes = std::as_bytes(std::span(data, size)).subspan(2);
  try {
    query::CheckPackedGraph(bytes, node_count, "fuzz");
    Search(bytes, node_count);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kDamaged) std::abort();
  }
  return 0;
}
