#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "common/store/vocabulary.h"

namespace wordkin::query {

// The links of an HNSW graph over the rows of a store, packed bit by bit (docs/graph_format.md).
// Node i is row i. A node of level n has n + 1 lists of links: level 0, 1, ... n.

inline constexpr int kLeastConnectivity = 2;
inline constexpr int kMostConnectivity = 100;
inline constexpr int kHighestLevel = 31;
inline constexpr int kHighestEffort = 1'000'000;

// Links that a node may have at a level.
constexpr std::size_t LinkLimit(int connectivity, int level) {
  return static_cast<std::size_t>(level == 0 ? 2 * connectivity : connectivity);
}

// What a search of the graph with an effort was worth when the graph was built.
struct MeasuredEffort {
  int effort;         // candidates kept (the paper's ef)
  float recall;       // share of the ten nearest rows that were found
  float scored_rows;  // compared with the query, on average
};

inline constexpr std::size_t kMostMeasuredEfforts = 64;

// Packs a graph: Append() every list, node after node, each from level 0 upwards, then Finish().
class GraphPacker {
 public:
  // levels[i]: the highest level of node i, at most kHighestLevel; that of 'entry_point' is the
  // highest of all.
  GraphPacker(int connectivity, std::span<const std::uint8_t> levels, WordId entry_point);
  // In any order; repeated links and the node itself are left out.
  void Append(WordId node, std::span<const WordId> links);
  std::vector<std::byte> Finish();

 private:
  void AppendBits(std::uint64_t value, unsigned bit_count);

  std::vector<std::byte> bytes_;
  std::vector<WordId> sorted_;
  std::uint64_t pending_ = 0;
  unsigned pending_count_ = 0;
  unsigned id_bits_;
  unsigned degree_bits_;
};

// The same graph with what was measured of it; efforts rise.
std::vector<std::byte> WithMeasuredEfforts(std::vector<std::byte> packed,
                                           std::span<const MeasuredEffort> efforts);

// Reads a packed graph and checks all of it on the way: nothing that it returns can lead outside
// the graph. Throws kDamaged, naming 'path', as soon as something is wrong.
class PackedGraph {
 public:
  // Checks the header and the levels. 'bytes' must outlive this object.
  PackedGraph(std::span<const std::byte> bytes, std::size_t node_count, const std::string& path);

  int connectivity() const { return connectivity_; }
  WordId entry_point() const { return entry_point_; }
  std::span<const std::uint8_t> levels() const { return levels_; }
  // Rising; none where nothing was measured.
  std::span<const MeasuredEffort> efforts() const { return efforts_; }

  // The next list in the order of GraphPacker::Append, written to the front of 'links', which has
  // room for LinkLimit(connectivity, level); returns how many. Rising, and every one a node that
  // reaches up to 'level'.
  std::size_t ReadLinks(WordId node, int level, std::span<WordId> links);
  // After the last list: checks that nothing follows.
  void ExpectEnd();

 private:
  std::uint64_t ReadBits(unsigned bit_count);
  void ReadEfforts();
  void ReadLevels(std::size_t node_count);
  [[noreturn]] void ThrowDamaged(const std::string& reason) const;

  std::span<const std::byte> bytes_;
  std::string path_;
  std::size_t position_ = 0;  // of the next byte to buffer
  std::uint64_t buffered_ = 0;
  unsigned buffered_count_ = 0;
  int connectivity_ = 0;
  WordId entry_point_ = 0;
  unsigned id_bits_ = 0;
  unsigned degree_bits_ = 0;
  std::vector<MeasuredEffort> efforts_;
  std::vector<std::uint8_t> levels_;
};

// Reads a whole packed graph for its checks alone.
void CheckPackedGraph(std::span<const std::byte> bytes, std::size_t node_count,
                      const std::string& path);

}  // namespace wordkin::query
