#include "query/search/graph_measurement.h"

#include <algorithm>

#include "common/support/parallel_for.h"
#include "query/search/exact_index.h"
#include "query/search/recall.h"
#include "query/search/search_graph.h"
#include "query/search/search_request.h"

namespace wordkin::query {
namespace {

constexpr std::size_t kSampleSize = 500;
constexpr std::size_t kNeighborCount = 10;
constexpr int kEfforts[] = {12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 320, 384, 512, 768, 1024};

// Rows spread evenly over the store, with their true neighbours.
class Sample {
 public:
  Sample(const EmbeddingStore& store, int thread_count) : store_(store) {
    ids_ = SpreadRows(kSampleSize, store.size());
    std::vector<SearchRequest> requests;
    rows_.reserve(ids_.size());
    for (const WordId& id : ids_) {
      store.CopyUnitRow(id, rows_.emplace_back(store.dimension()));
      requests.push_back({rows_.back(), kNeighborCount, {&id, 1}});
    }
    truth_ = ExactIndex(store, 0, thread_count).SearchBatch(requests);
  }

  std::size_t size() const { return ids_.size(); }
  std::size_t neighbor_count() const {
    std::size_t count = 0;
    for (const auto& neighbors : truth_) count += neighbors.size();
    return count;
  }

  struct Outcome {
    std::size_t found = 0;
    std::size_t scored = 0;
  };

  // Found is what the exact scores of the best candidates would show.
  Outcome Search(std::size_t i, const SearchGraph& graph, std::size_t effort) const {
    Outcome outcome;
    const std::size_t wanted = kNeighborCount + 1;
    const Int8RecordQuery query = MakeRecordQuery(QuantizeScanQuery(rows_[i]), store_.dimension());
    std::vector<Neighbor> candidates =
        graph.Search(query, std::max(wanted, effort), outcome.scored);
    KeepBest(candidates, CandidateCount(wanted, store_.size()));
    outcome.found = CountFound(truth_[i], candidates);
    return outcome;
  }

 private:
  const EmbeddingStore& store_;
  std::vector<WordId> ids_;
  std::vector<std::vector<float>> rows_;
  std::vector<std::vector<Neighbor>> truth_;
};

}  // namespace

std::vector<MeasuredEffort> MeasureEfforts(const EmbeddingStore& store,
                                           std::span<const std::byte> packed, int thread_count) {
  const SearchGraph graph(PackedGraph(packed, store.size(), store.path()), store.scan_plane());
  const Sample sample(store, thread_count);
  const auto neighbor_count = static_cast<float>(std::max<std::size_t>(sample.neighbor_count(), 1));
  std::vector<MeasuredEffort> measured;
  for (const int effort : kEfforts) {
    std::vector<Sample::Outcome> outcomes(sample.size());
    ParallelFor(sample.size(), thread_count, [&](std::size_t i) {
      outcomes[i] = sample.Search(i, graph, static_cast<std::size_t>(effort));
    });
    Sample::Outcome sum;
    for (const Sample::Outcome& each : outcomes) {
      sum.found += each.found;
      sum.scored += each.scored;
    }
    measured.push_back({effort, static_cast<float>(sum.found) / neighbor_count,
                        static_cast<float>(sum.scored) / static_cast<float>(sample.size())});
    if (sum.found == sample.neighbor_count()) break;  // more effort finds no more
  }
  return measured;
}

}  // namespace wordkin::query
