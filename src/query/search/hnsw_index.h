#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "common/store/embedding_store.h"
#include "query/search/packed_graph.h"
#include "query/search/vector_index.h"

namespace wordkin::query {

class SearchGraph;

// Reaches recall@10 of 0.992 among 341,479 real vectors of dimension 100, built as by default.
inline constexpr int kDefaultSearchEffort = 400;

struct HnswOptions {
  int connectivity = 24;          // links a node and layer (M); 2 to 100
  int construction_effort = 160;  // candidates kept while building (efConstruction); 10 to 10,000
  int thread_count = 1;
  std::uint64_t seed = 1;
};

// Builds the graph over the store's rows, measures what searches of it are worth and returns it
// packed, as the section kGraph holds it (docs/graph_format.md). Throws kUsage for options out of
// range. 'progress' gets rows done, now and then; returns an empty vector when 'stop' becomes true.
std::vector<std::byte> BuildHnswGraph(const EmbeddingStore& store, const HnswOptions& options,
                                      const std::function<void(std::size_t)>& progress,
                                      const std::atomic<bool>& stop);

// Approximate search by the graph kept in the store (Malkov, Yashunin, arXiv 1603.09320).
class HnswIndex : public VectorIndex {
 public:
  // Reads, checks and unpacks the graph; the rows come from the store, which must outlive this.
  // Throws kNotFound when the store has no graph (remedy: wordkin index FILE), kDamaged when a
  // link, degree or level is out of bounds, kUsage when 'search_effort' (the paper's ef) is
  // below 1. A batch is shared by up to 'thread_count' threads.
  explicit HnswIndex(const EmbeddingStore& store, int search_effort = kDefaultSearchEffort,
                     int thread_count = 1);
  ~HnswIndex() override;

  std::string_view name() const override { return "hnsw"; }
  std::vector<Neighbor> Search(const SearchRequest& request) const override;
  std::vector<std::vector<Neighbor>> SearchBatch(
      std::span<const SearchRequest> requests) const override;

 private:
  const EmbeddingStore& store_;
  std::size_t search_effort_;
  int thread_count_;
  std::unique_ptr<SearchGraph> graph_;
};

// What was measured of the graph in 'store' when it was built; empty for one of an older program.
// Throws as HnswIndex does.
std::vector<MeasuredEffort> ReadMeasuredEfforts(const EmbeddingStore& store);

}  // namespace wordkin::query
