#include "query/search/search_graph.h"

#include <cstring>
#include <queue>

namespace wordkin::query {
namespace {

struct ByScore {
  bool operator()(const Neighbor& a, const Neighbor& b) const { return a.score < b.score; }
};
struct ByScoreReversed {
  bool operator()(const Neighbor& a, const Neighbor& b) const { return a.score > b.score; }
};

constexpr std::size_t kLine = 64;

void Prefetch(const std::uint8_t* first, std::size_t byte_count) {
  for (std::size_t i = 0; i < byte_count; i += kLine) __builtin_prefetch(first + i);
}

}  // namespace

// The best nodes met so far and those whose links are still to be followed (the paper's
// algorithm 2).
class SearchGraph::Beam {
 public:
  Beam(std::size_t effort, std::size_t node_count)
      : effort_(effort), visited_((node_count + 63) / 64) {}

  // True the first time.
  bool Visit(WordId node) {
    std::uint64_t& word = visited_[node / 64];
    const std::uint64_t bit = std::uint64_t{1} << node % 64;
    const bool is_new = (word & bit) == 0;
    word |= bit;
    return is_new;
  }

  // False when the node is no better than all of the best.
  bool Offer(const Neighbor& node) {
    if (best_.size() == effort_) {
      if (!(node.score > best_.top().score)) return false;
      best_.pop();
    }
    best_.push(node);
    open_.push(node);
    return true;
  }

  // The best node not yet followed that could still lead somewhere better.
  bool TakeOpen(WordId& node) {
    if (open_.empty()) return false;
    if (best_.size() == effort_ && open_.top().score < best_.top().score) return false;
    node = open_.top().id;
    open_.pop();
    return true;
  }

  std::vector<Neighbor> TakeBest() {
    std::vector<Neighbor> nodes;
    nodes.reserve(best_.size());
    for (; !best_.empty(); best_.pop()) nodes.push_back(best_.top());
    return nodes;
  }

 private:
  std::size_t effort_;
  std::vector<std::uint64_t> visited_;
  std::priority_queue<Neighbor, std::vector<Neighbor>, ByScoreReversed> best_;  // worst on top
  std::priority_queue<Neighbor, std::vector<Neighbor>, ByScore> open_;
};

SearchGraph::SearchGraph(PackedGraph packed, const ScanPlane& plane)
    : node_count_(packed.levels().size()),
      entry_point_(packed.entry_point()),
      highest_level_(packed.levels()[entry_point_]),
      dot_(ActiveInt8Dot()),
      record_bytes_(Int8RecordBytes(plane.dimension)),
      slot_count_(LinkLimit(packed.connectivity(), 0)),
      elements_(node_count_, (record_bytes_ + slot_count_ * sizeof(WordId)) / sizeof(float)) {
  first_upper_lists_.reserve(node_count_);
  upper_list_starts_.push_back(0);
  for (WordId node = 0; node < node_count_; ++node) LoadNode(packed, node, plane);
  packed.ExpectEnd();
}

void SearchGraph::LoadNode(PackedGraph& packed, WordId node, const ScanPlane& plane) {
  auto* const element = reinterpret_cast<std::uint8_t*>(elements_.Row(node).data());
  CopyInt8Record(plane, node, {element, record_bytes_});
  std::vector<WordId> links(slot_count_, node);
  packed.ReadLinks(node, 0, links);
  std::memcpy(element + record_bytes_, links.data(), slot_count_ * sizeof(WordId));
  first_upper_lists_.push_back(upper_list_starts_.size() - 1);
  for (int level = 1; level <= packed.levels()[node]; ++level) {
    const std::size_t degree = packed.ReadLinks(node, level, links);
    upper_links_.insert(upper_links_.end(), links.begin(),
                        links.begin() + static_cast<std::ptrdiff_t>(degree));
    upper_list_starts_.push_back(upper_links_.size());
  }
}

std::vector<Neighbor> SearchGraph::Search(const Int8RecordQuery& query, std::size_t effort,
                                          std::size_t& scored_count) const {
  Beam beam(effort, node_count_);
  const Neighbor start = Descend(query, scored_count);
  beam.Visit(start.id);
  beam.Offer(start);
  std::vector<WordId> fresh;
  fresh.reserve(slot_count_);
  for (WordId node; beam.TakeOpen(node);) {
    fresh.clear();
    for (std::size_t slot = 0; slot < slot_count_; ++slot) {
      const WordId link = Link(node, slot);
      if (!beam.Visit(link)) continue;
      Prefetch(ElementOf(link), record_bytes_);
      fresh.push_back(link);
    }
    scored_count += fresh.size();
    for (const WordId link : fresh) {
      if (!beam.Offer({link, ScoreOf(link, query)})) continue;
      Prefetch(ElementOf(link) + record_bytes_, slot_count_ * sizeof(WordId));
    }
  }
  return beam.TakeBest();
}

// A greedy walk from the entry point down to level 1.
Neighbor SearchGraph::Descend(const Int8RecordQuery& query, std::size_t& scored_count) const {
  Neighbor nearest{entry_point_, ScoreOf(entry_point_, query)};
  ++scored_count;
  for (int level = highest_level_; level > 0; --level) {
    for (bool moved = true; moved;) {
      moved = false;
      for (const WordId link : UpperLinks(nearest.id, level)) {
        const float score = ScoreOf(link, query);
        ++scored_count;
        if (!(score > nearest.score)) continue;
        nearest = {link, score};
        moved = true;
      }
    }
  }
  return nearest;
}

WordId SearchGraph::Link(WordId node, std::size_t slot) const {
  WordId link;
  std::memcpy(&link, ElementOf(node) + record_bytes_ + slot * sizeof(link), sizeof(link));
  return link;
}

std::span<const WordId> SearchGraph::UpperLinks(WordId node, int level) const {
  const std::size_t list = first_upper_lists_[node] + static_cast<std::size_t>(level) - 1;
  return std::span(upper_links_)
      .subspan(upper_list_starts_[list], upper_list_starts_[list + 1] - upper_list_starts_[list]);
}

const std::uint8_t* SearchGraph::ElementOf(WordId node) const {
  return reinterpret_cast<const std::uint8_t*>(elements_.Row(node).data());
}

float SearchGraph::ScoreOf(WordId node, const Int8RecordQuery& query) const {
  return ScoreInt8Record(dot_, {ElementOf(node), record_bytes_}, query);
}

}  // namespace wordkin::query
