#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace wordkin::contextual {

// Pieces by their bytes, to find all that a text goes on with at once.
class PieceTrie {
 public:
  struct Entry {
    std::string_view piece;  // not empty
    std::int32_t id;         // 0 or above
  };
  using Node = std::uint32_t;
  static constexpr Node kRoot = 0;
  static constexpr Node kNowhere = 0xFFFFFFFF;
  static constexpr std::int32_t kNoPiece = -1;

  // Of equal pieces the last one counts. Takes time and memory linear in the bytes of all.
  explicit PieceTrie(std::vector<Entry> entries);

  Node Child(Node node, char byte) const;
  // Of the piece that ends at 'node', or kNoPiece.
  std::int32_t IdAt(Node node) const { return ids_[node]; }
  bool empty() const { return ids_.size() == 1; }

 private:
  // The children of a node lie together, and those of the next node behind them.
  std::vector<Node> first_children_;
  std::vector<char> labels_;  // the byte that leads to a node
  std::vector<std::int32_t> ids_;
};

}  // namespace wordkin::contextual
