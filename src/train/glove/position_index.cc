#include "train/glove/position_index.h"

#include <algorithm>

#include "common/support/parallel_for.h"

namespace wordkin::train {
namespace {

// Beyond this many threads the tables take more memory than they save time.
constexpr int kMostParts = 16;

}  // namespace

// A counting sort: each part of the ids counts its words, then knows where they belong.
PositionIndex::PositionIndex(std::span<const WordId> ids, std::size_t word_count, int thread_count)
    : begins_(word_count + 1) {
  const int part_count = std::min(thread_count, kMostParts);
  const auto parts = static_cast<std::size_t>(part_count);
  std::vector<std::vector<std::uint32_t>> places(parts);
  const auto for_each_id = [&](std::size_t part, auto&& use) {
    const std::size_t end = ids.size() * (part + 1) / parts;
    for (std::size_t i = ids.size() * part / parts; i < end; ++i) {
      if (ids[i] != kSentenceEnd) use(places[part][ids[i]], static_cast<std::uint32_t>(i));
    }
  };
  ParallelFor(parts, part_count, [&](std::size_t part) {
    places[part].resize(word_count);
    for_each_id(part, [](std::uint32_t& count, std::uint32_t) { ++count; });
  });
  std::uint64_t total = 0;
  for (std::size_t word = 0; word < word_count; ++word) {
    begins_[word] = total;
    for (std::vector<std::uint32_t>& place : places) {
      const std::uint32_t count = place[word];
      place[word] = static_cast<std::uint32_t>(total);
      total += count;
    }
  }
  begins_[word_count] = total;
  positions_.resize(total);
  ParallelFor(parts, part_count, [&](std::size_t part) {
    for_each_id(part, [this](std::uint32_t& place, std::uint32_t i) { positions_[place++] = i; });
  });
}

}  // namespace wordkin::train
