#include "query/search/hnsw_index.h"

#include <algorithm>
#include <string>

#include "common/support/error.h"
#include "common/support/parallel_for.h"
#include "query/search/packed_graph.h"
#include "query/search/search_graph.h"
#include "query/search/search_request.h"

namespace wordkin::query {
namespace {

std::vector<std::byte> ReadGraph(const EmbeddingStore& store) {
  auto section = store.ReadSection(SectionKind::kGraph);
  if (section) return *std::move(section);
  throw Error(ErrorKind::kNotFound, "cannot search '" + store.path() +
                                        "' by its graph: it has none (build it with 'wordkin "
                                        "index " +
                                        store.path() + "')");
}

std::size_t CheckEffort(int effort) {
  if (effort >= 1) return static_cast<std::size_t>(effort);
  throw Error(ErrorKind::kUsage, "cannot search the graph with --effort " + std::to_string(effort) +
                                     ": it must be at least 1");
}

}  // namespace

HnswIndex::HnswIndex(const EmbeddingStore& store, int search_effort, int thread_count)
    : store_(store), search_effort_(CheckEffort(search_effort)), thread_count_(thread_count) {
  const std::vector<std::byte> packed = ReadGraph(store);
  graph_ = std::make_unique<SearchGraph>(PackedGraph(packed, store.size(), store.path()),
                                         store.scan_plane());
}

std::vector<MeasuredEffort> ReadMeasuredEfforts(const EmbeddingStore& store) {
  const std::vector<std::byte> packed = ReadGraph(store);
  const PackedGraph graph(packed, store.size(), store.path());
  return {graph.efforts().begin(), graph.efforts().end()};
}

HnswIndex::~HnswIndex() = default;

std::vector<Neighbor> HnswIndex::Search(const SearchRequest& request) const {
  const std::vector<float> unit = UnitQuery(request, store_);
  if (unit.empty()) return {};
  const std::size_t wanted = std::min(WantedCount(request), store_.size());
  const Int8RecordQuery query = MakeRecordQuery(QuantizeScanQuery(unit), store_.dimension());
  std::size_t scored_count = 0;
  std::vector<Neighbor> candidates =
      graph_->Search(query, std::max(wanted, search_effort_), scored_count);
  if (request.filter != nullptr) {
    std::erase_if(candidates,
                  [&](const Neighbor& each) { return !request.filter->Allows(each.id); });
  }
  KeepBest(candidates, CandidateCount(wanted, store_.size()));
  ScoreExactly(store_, unit, candidates);
  return SelectNeighbors(std::move(candidates), request);
}

std::vector<std::vector<Neighbor>> HnswIndex::SearchBatch(
    std::span<const SearchRequest> requests) const {
  std::vector<std::vector<Neighbor>> answers(requests.size());
  ParallelFor(requests.size(), thread_count_,
              [&](std::size_t i) { answers[i] = Search(requests[i]); });
  return answers;
}

}  // namespace wordkin::query
