#include "contextual/tokenizers/piece_trie.h"

#include <algorithm>
#include <cstring>

namespace wordkin::contextual {

PieceTrie::PieceTrie(std::vector<Entry> entries) {
  std::ranges::stable_sort(entries, {}, &Entry::piece);
  // The entries [begin, end) pass through the node, which is 'depth' bytes deep.
  struct Range {
    std::size_t begin;
    std::size_t end;
    std::size_t depth;
  };
  std::vector<Range> ranges = {{0, entries.size(), 0}};
  labels_.push_back(0);
  for (std::size_t node = 0; node < ranges.size(); ++node) {
    auto [begin, end, depth] = ranges[node];
    ids_.push_back(kNoPiece);
    first_children_.push_back(static_cast<Node>(ranges.size()));
    for (; begin < end && entries[begin].piece.size() == depth; ++begin) {
      ids_.back() = entries[begin].id;
    }
    while (begin < end) {
      const char label = entries[begin].piece[depth];
      std::size_t next = begin;
      while (next < end && entries[next].piece[depth] == label) ++next;
      ranges.push_back({begin, next, depth + 1});
      labels_.push_back(label);
      begin = next;
    }
  }
  first_children_.push_back(static_cast<Node>(ranges.size()));
}

PieceTrie::Node PieceTrie::Child(Node node, char byte) const {
  const Node first = first_children_[node];
  const std::size_t count = first_children_[node + 1] - first;
  if (count == 0) return kNowhere;
  const char* const labels = labels_.data() + first;
  const void* const found = std::memchr(labels, byte, count);
  if (found == nullptr) return kNowhere;
  return first + static_cast<Node>(static_cast<const char*>(found) - labels);
}

}  // namespace wordkin::contextual
