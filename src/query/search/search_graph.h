#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "common/math/int8_record.h"
#include "query/search/packed_graph.h"
#include "query/search/vector_index.h"

namespace wordkin::query {

// An HNSW graph in memory, laid out for searching: links as plain arrays, and a record of 8-bit
// values for each node. A search waits for memory most of the time, so rows are short and those of
// all neighbours of a node are fetched at once. Safe to share between threads.
class SearchGraph {
 public:
  // Unpacks 'packed', checking all of it, and copies the rows out of 'plane'. Throws kDamaged.
  SearchGraph(PackedGraph packed, const ScanPlane& plane);

  // At most 'effort' nodes near the query, in no order, scored as the 8-bit scan does. Adds to
  // 'scored_count' how many nodes were.
  std::vector<Neighbor> Search(const Int8RecordQuery& query, std::size_t effort,
                               std::size_t& scored_count) const;

 private:
  class Beam;

  // At level 0 every node has the same room for links; what is left over holds the node itself.
  WordId Link(WordId node, std::size_t slot) const;
  std::span<const WordId> UpperLinks(WordId node, int level) const;
  const std::uint8_t* ElementOf(WordId node) const;
  float ScoreOf(WordId node, const Int8RecordQuery& query) const;
  Neighbor Descend(const Int8RecordQuery& query, std::size_t& scored_count) const;
  void LoadNode(PackedGraph& packed, WordId node, const ScanPlane& plane);

  std::size_t node_count_;
  WordId entry_point_;
  int highest_level_;
  Int8Dot dot_;
  std::size_t record_bytes_;
  std::size_t slot_count_;
  AlignedMatrix elements_;  // as bytes: for each node its record, then its links at level 0
  // Links at level 1 and above: list i of a node is number first_upper_lists_[node] + i - 1.
  std::vector<std::uint64_t> first_upper_lists_;
  std::vector<std::uint64_t> upper_list_starts_;
  std::vector<WordId> upper_links_;
};

}  // namespace wordkin::query
