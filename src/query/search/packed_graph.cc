#include "query/search/packed_graph.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "common/store/little_endian.h"
#include "common/store/store_error.h"

namespace wordkin::query {
namespace {

constexpr std::uint32_t kLayoutVersion = 1;
// With measured efforts.
constexpr std::uint32_t kMeasuredVersion = 2;
constexpr std::size_t kVersionAt = 0;
constexpr std::size_t kConnectivityAt = 4;
constexpr std::size_t kNodeCountAt = 8;
constexpr std::size_t kEntryPointAt = 16;
constexpr std::size_t kEffortCountAt = 20;
constexpr std::size_t kHeaderBytes = 24;
constexpr std::size_t kEffortBytes = 12;
constexpr unsigned kLevelBits = 5;
static_assert((1 << kLevelBits) == kHighestLevel + 1);

// One bit at least, so that every link takes room in the file.
unsigned IdBits(std::size_t node_count) {
  return std::max(static_cast<unsigned>(std::bit_width(node_count - 1)), 1u);
}

unsigned DegreeBits(int connectivity) {
  return static_cast<unsigned>(std::bit_width(LinkLimit(connectivity, 0)));
}

}  // namespace

GraphPacker::GraphPacker(int connectivity, std::span<const std::uint8_t> levels, WordId entry_point)
    : bytes_(kHeaderBytes),
      id_bits_(IdBits(levels.size())),
      degree_bits_(DegreeBits(connectivity)) {
  Store<std::uint32_t>(bytes_, kVersionAt, kLayoutVersion);
  Store<std::uint32_t>(bytes_, kConnectivityAt, static_cast<std::uint32_t>(connectivity));
  Store<std::uint64_t>(bytes_, kNodeCountAt, levels.size());
  Store<std::uint32_t>(bytes_, kEntryPointAt, entry_point);
  for (const std::uint8_t level : levels) AppendBits(level, kLevelBits);
}

void GraphPacker::Append(WordId node, std::span<const WordId> links) {
  sorted_.assign(links.begin(), links.end());
  std::erase(sorted_, node);
  std::sort(sorted_.begin(), sorted_.end());
  sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());
  AppendBits(sorted_.size(), degree_bits_);
  for (const WordId link : sorted_) AppendBits(link, id_bits_);
}

std::vector<std::byte> GraphPacker::Finish() {
  if (pending_count_ > 0) bytes_.push_back(static_cast<std::byte>(pending_));
  return std::move(bytes_);
}

std::vector<std::byte> WithMeasuredEfforts(std::vector<std::byte> packed,
                                           std::span<const MeasuredEffort> efforts) {
  std::vector<std::byte> table(efforts.size() * kEffortBytes);
  for (std::size_t i = 0; i < efforts.size(); ++i) {
    const std::size_t at = i * kEffortBytes;
    Store<std::uint32_t>(table, at, static_cast<std::uint32_t>(efforts[i].effort));
    Store<std::uint32_t>(table, at + 4, std::bit_cast<std::uint32_t>(efforts[i].recall));
    Store<std::uint32_t>(table, at + 8, std::bit_cast<std::uint32_t>(efforts[i].scored_rows));
  }
  Store<std::uint32_t>(packed, kVersionAt, kMeasuredVersion);
  Store<std::uint32_t>(packed, kEffortCountAt, static_cast<std::uint32_t>(efforts.size()));
  packed.insert(packed.begin() + kHeaderBytes, table.begin(), table.end());
  return packed;
}

void GraphPacker::AppendBits(std::uint64_t value, unsigned bit_count) {
  pending_ |= value << pending_count_;
  pending_count_ += bit_count;
  for (; pending_count_ >= 8; pending_count_ -= 8, pending_ >>= 8) {
    bytes_.push_back(static_cast<std::byte>(pending_));
  }
}

PackedGraph::PackedGraph(std::span<const std::byte> bytes, std::size_t node_count,
                         const std::string& path)
    : bytes_(bytes), path_(path) {
  if (bytes.size() < kHeaderBytes) ThrowDamaged("is cut short");
  const auto version = Load<std::uint32_t>(bytes, kVersionAt);
  if (version != kLayoutVersion && version != kMeasuredVersion) {
    throw NewerStore(path, "the layout of its graph is version " + std::to_string(version));
  }
  const auto connectivity = Load<std::uint32_t>(bytes, kConnectivityAt);
  if (connectivity < kLeastConnectivity || connectivity > kMostConnectivity) {
    ThrowDamaged("has a connectivity out of range");
  }
  connectivity_ = static_cast<int>(connectivity);
  if (node_count == 0 || Load<std::uint64_t>(bytes, kNodeCountAt) != node_count) {
    ThrowDamaged("has not as many nodes as the store has rows");
  }
  entry_point_ = Load<std::uint32_t>(bytes, kEntryPointAt);
  if (entry_point_ >= node_count) ThrowDamaged("has an entry point that is no node");
  if (version == kLayoutVersion && Load<std::uint32_t>(bytes, kEffortCountAt) != 0) {
    ThrowDamaged("has reserved bytes that are not zero");
  }
  position_ = kHeaderBytes;
  ReadEfforts();
  id_bits_ = IdBits(node_count);
  degree_bits_ = DegreeBits(connectivity_);
  ReadLevels(node_count);
}

void PackedGraph::ReadEfforts() {
  const auto count = Load<std::uint32_t>(bytes_, kEffortCountAt);
  if (count > kMostMeasuredEfforts) ThrowDamaged("has too many measured efforts");
  if (count * kEffortBytes > bytes_.size() - position_) ThrowDamaged("is cut short");
  for (std::uint32_t i = 0; i < count; ++i, position_ += kEffortBytes) {
    const auto effort = Load<std::uint32_t>(bytes_, position_);
    const auto recall = std::bit_cast<float>(Load<std::uint32_t>(bytes_, position_ + 4));
    const auto scored = std::bit_cast<float>(Load<std::uint32_t>(bytes_, position_ + 8));
    if (effort < 1 || effort > kHighestEffort ||
        (i > 0 && static_cast<int>(effort) <= efforts_.back().effort)) {
      ThrowDamaged("has measured efforts that do not rise");
    }
    if (!(recall >= 0 && recall <= 1) || !(scored >= 0) || !std::isfinite(scored)) {
      ThrowDamaged("has a measurement that cannot be");
    }
    efforts_.push_back({static_cast<int>(effort), recall, scored});
  }
}

void PackedGraph::ReadLevels(std::size_t node_count) {
  // Before memory is taken: every node has a level and at least one degree.
  if (node_count > (bytes_.size() - position_) * 8 / (kLevelBits + degree_bits_)) {
    ThrowDamaged("is cut short");
  }
  levels_.resize(node_count);
  for (std::uint8_t& level : levels_) level = static_cast<std::uint8_t>(ReadBits(kLevelBits));
  if (levels_[entry_point_] != *std::max_element(levels_.begin(), levels_.end())) {
    ThrowDamaged("has an entry point below the highest level");
  }
}

std::size_t PackedGraph::ReadLinks(WordId node, int level, std::span<WordId> links) {
  const std::size_t degree = ReadBits(degree_bits_);
  if (degree > LinkLimit(connectivity_, level)) ThrowDamaged("has a node with too many links");
  for (std::size_t i = 0; i < degree; ++i) {
    const std::uint64_t link = ReadBits(id_bits_);
    if (link >= levels_.size()) ThrowDamaged("has a link that leads to no node");
    if (link == node) ThrowDamaged("has a node linked with itself");
    if (i > 0 && link <= links[i - 1]) ThrowDamaged("has links that do not rise");
    if (levels_[link] < level) ThrowDamaged("has a link to a node below its level");
    links[i] = static_cast<WordId>(link);
  }
  return degree;
}

void PackedGraph::ExpectEnd() {
  if (position_ != bytes_.size() || buffered_count_ >= 8) ThrowDamaged("is too long");
  if (buffered_ != 0) ThrowDamaged("has padding that is not zero");
}

std::uint64_t PackedGraph::ReadBits(unsigned bit_count) {
  while (buffered_count_ < bit_count) {
    if (position_ == bytes_.size()) ThrowDamaged("is cut short");
    buffered_ |= std::to_integer<std::uint64_t>(bytes_[position_++]) << buffered_count_;
    buffered_count_ += 8;
  }
  const std::uint64_t value = buffered_ & ((std::uint64_t{1} << bit_count) - 1);
  buffered_ >>= bit_count;
  buffered_count_ -= bit_count;
  return value;
}

void PackedGraph::ThrowDamaged(const std::string& reason) const {
  throw DamagedSection(path_, SectionKind::kGraph, reason);
}

void CheckPackedGraph(std::span<const std::byte> bytes, std::size_t node_count,
                      const std::string& path) {
  PackedGraph graph(bytes, node_count, path);
  std::vector<WordId> links(LinkLimit(graph.connectivity(), 0));
  for (std::size_t node = 0; node < node_count; ++node) {
    for (int level = 0; level <= graph.levels()[node]; ++level) {
      graph.ReadLinks(static_cast<WordId>(node), level, links);
    }
  }
  graph.ExpectEnd();
}

}  // namespace wordkin::query
