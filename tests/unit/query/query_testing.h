#pragma once

#include <atomic>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "common/math/vector_kernels.h"
#include "query/questions/analogy.h"
#include "query/search/hnsw_index.h"
#include "query/search/search_request.h"
#include "tests/unit/common/store/store_testing.h"

namespace wordkin::query {

// A store in a folder of its own, both gone with this object.
class OwnedStore {
 public:
  OwnedStore(const EmbeddingTable& table, Precision precision)
      : store_((WriteTable(path(), table, precision), path())) {}

  const EmbeddingStore& operator*() const { return store_; }
  const EmbeddingStore* operator->() const { return &store_; }
  std::string path() const { return folder_.PathOf("v.kin"); }

  // Builds a graph into the file and opens it again.
  void AddGraph(const HnswOptions& options = {}) {
    const std::atomic<bool> stop{false};
    SetGraph(BuildHnswGraph(store_, options, nullptr, stop));
  }
  void SetGraph(std::span<const std::byte> packed) { SetSection(SectionKind::kGraph, packed); }
  void AddNibbles() { SetSection(SectionKind::kNibblePlane, PackNibbles(store_.scan_plane())); }

 private:
  void SetSection(SectionKind kind, std::span<const std::byte> content) {
    {
      AtomicFile file(path());
      WriteStoreWithSection(file, store_, kind, content);
    }
    store_ = EmbeddingStore(path());
  }

  TemporaryFolder folder_;
  EmbeddingStore store_;
};

// For work that may end early, and is not to.
inline const std::atomic<bool> kGoOn{false};

using WordRows = std::vector<std::pair<std::string, std::vector<float>>>;

inline EmbeddingTable TableOf(const WordRows& words) {
  std::vector<Vocabulary::Entry> entries;
  AlignedMatrix rows(words.size(), words.front().second.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    entries.push_back({words[i].first, words.size() - i});
    std::copy(words[i].second.begin(), words[i].second.end(), rows.Row(i).begin());
  }
  return {Vocabulary(entries), std::move(rows)};
}

// Rows in bunches, as words lie: 'bunch_size' of them around each of a few random points.
inline EmbeddingTable MakeBunchedTable(std::size_t row_count, std::size_t dimension,
                                       std::size_t bunch_size, std::uint64_t seed) {
  EmbeddingTable table = MakeTable(row_count, dimension, seed);
  for (std::size_t row = 0; row < row_count; ++row) {
    const std::size_t middle = row - row % bunch_size;
    if (row == middle) continue;
    for (std::size_t i = 0; i < dimension; ++i) {
      table.rows.Row(row)[i] = table.rows.Row(middle)[i] + 0.5f * table.rows.Row(row)[i];
    }
  }
  return table;
}

// Every row scored in float32.
inline std::vector<Neighbor> BruteForce(const EmbeddingStore& store, const SearchRequest& request) {
  const std::vector<float> unit = UnitQuery(request, store);
  if (unit.empty()) return {};
  std::vector<Neighbor> all;
  for (WordId id = 0; id < store.size(); ++id) {
    all.push_back({id, std::clamp(Dot(unit, UnitRowOf(store, id)), -1.0f, 1.0f)});
  }
  return SelectNeighbors(all, request);
}

inline std::vector<WordId> Ids(std::span<const Neighbor> neighbors) {
  std::vector<WordId> ids;
  for (const Neighbor& neighbor : neighbors) ids.push_back(neighbor.id);
  return ids;
}

// How many of the truth's ids were found.
inline std::size_t CountFound(std::span<const Neighbor> truth, std::span<const Neighbor> answers) {
  const std::vector<WordId> ids = Ids(answers);
  return static_cast<std::size_t>(
      std::count_if(truth.begin(), truth.end(), [&](const Neighbor& neighbor) {
        return std::find(ids.begin(), ids.end(), neighbor.id) != ids.end();
      }));
}

}  // namespace wordkin::query
