#include "train/prediction/negative_sampler.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace wordkin::train {
namespace {

constexpr double kSmoothing = 0.75;

struct WeightedWord {
  WordId word;
  double weight;
};

double Weight(const Vocabulary& vocabulary, WordId word) {
  const auto count = std::max<std::uint64_t>(vocabulary.Count(word), 1);
  return std::pow(static_cast<double>(count), kSmoothing);
}

// A part that weighs less than twice its heaviest word would draw that word too often, and could
// end up with no other word at all.
std::size_t PartitionCount(const Vocabulary& vocabulary, std::size_t most) {
  double total = 0;
  double heaviest = 0;
  for (WordId word = 0; word < vocabulary.size(); ++word) {
    const double weight = Weight(vocabulary, word);
    total += weight;
    heaviest = std::max(heaviest, weight);
  }
  return std::clamp(static_cast<std::size_t>(total / (2 * heaviest)), std::size_t{1}, most);
}

// Deals the words, heaviest first, each to the part that weighs least so far.
std::vector<std::vector<WeightedWord>> DealWords(const Vocabulary& vocabulary,
                                                 std::size_t partition_count) {
  std::vector<std::vector<WeightedWord>> parts(partition_count);
  std::vector<std::pair<double, std::size_t>> heap;  // weight so far and part, lightest on top
  for (std::size_t part = 0; part < partition_count; ++part) heap.emplace_back(0.0, part);
  for (WordId word = 0; word < vocabulary.size(); ++word) {
    const double weight = Weight(vocabulary, word);
    std::pop_heap(heap.begin(), heap.end(), std::greater<>());
    auto& [part_weight, part] = heap.back();
    parts[part].push_back({word, weight});
    part_weight += weight;
    std::push_heap(heap.begin(), heap.end(), std::greater<>());
  }
  return parts;
}

}  // namespace

NegativeSampler::NegativeSampler(const Vocabulary& vocabulary, std::size_t most_partitions)
    : word_count_(vocabulary.size()) {
  for (const auto& words : DealWords(vocabulary, PartitionCount(vocabulary, most_partitions))) {
    double total = 0;
    for (const WeightedWord& each : words) total += each.weight;
    // Scaled so that the mean is one; those below it borrow from those above.
    std::vector<double> scaled(words.size());
    std::vector<std::size_t> below, above;
    for (std::size_t i = 0; i < words.size(); ++i) {
      scaled[i] = words[i].weight * static_cast<double>(words.size()) / total;
      (scaled[i] < 1 ? below : above).push_back(i);
    }
    std::vector<Slot> slots(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
      slots[i] = {UINT32_MAX, words[i].word, words[i].word};
    }
    while (!below.empty() && !above.empty()) {
      const std::size_t poor = below.back();
      const std::size_t rich = above.back();
      below.pop_back();
      slots[poor].threshold = static_cast<std::uint32_t>(scaled[poor] * UINT32_MAX);
      slots[poor].alias = words[rich].word;
      scaled[rich] -= 1 - scaled[poor];
      if (scaled[rich] < 1) {
        above.pop_back();
        below.push_back(rich);
      }
    }
    partitions_.push_back(std::move(slots));
  }
}

}  // namespace wordkin::train
