#include "train/prediction/negative_sampler.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace wordkin::train {
namespace {

struct WeightedWord {
  WordId word;
  double weight;
};

double Weight(const Vocabulary& vocabulary, WordId word, double exponent) {
  const auto count = std::max<std::uint64_t>(vocabulary.Count(word), 1);
  return std::pow(static_cast<double>(count), exponent);
}

// A word expected oftener than this in its part's turn is common: pushed away so often at once, and
// then not for a while, it would be learnt worse. docs/training.md has the measurement.
constexpr double kMostDrawsInTurn = 16;

struct DealtWords {
  std::vector<WeightedWord> common;
  std::vector<std::vector<WeightedWord>> parts;
};

// Deals the words, heaviest first, each to the part that weighs least so far.
DealtWords DealWords(const Vocabulary& vocabulary, double exponent,
                     const NegativeSampler::Parts& wanted) {
  std::vector<WeightedWord> words(vocabulary.size());
  double total = 0;
  for (WordId word = 0; word < vocabulary.size(); ++word) {
    words[word] = {word, Weight(vocabulary, word, exponent)};
    total += words[word].weight;
  }
  const std::size_t part_count = std::min(wanted.most, words.size());
  const double draws_in_round = wanted.draws_in_turn * static_cast<double>(part_count);
  DealtWords dealt;
  dealt.parts.resize(part_count);
  std::vector<std::pair<double, std::size_t>> heap;  // weight so far and part, lightest on top
  for (std::size_t part = 0; part < part_count; ++part) heap.emplace_back(0.0, part);
  double dealt_weight = 0;
  for (const WeightedWord& word : words) {
    if (draws_in_round * word.weight > kMostDrawsInTurn * total) {
      dealt.common.push_back(word);
      continue;
    }
    std::pop_heap(heap.begin(), heap.end(), std::greater<>());
    auto& [part_weight, part] = heap.back();
    dealt.parts[part].push_back(word);
    part_weight += word.weight;
    dealt_weight += word.weight;
    std::push_heap(heap.begin(), heap.end(), std::greater<>());
  }
  // Each part stands for all that was dealt.
  for (const auto& [part_weight, part] : heap) {
    for (WeightedWord& word : dealt.parts[part]) word.weight *= dealt_weight / part_weight;
  }
  // One without words of its own would be drawn from in vain.
  std::erase_if(dealt.parts, [](const auto& part) { return part.empty(); });
  if (dealt.parts.empty()) dealt.parts.resize(1);
  return dealt;
}

}  // namespace

NegativeSampler::NegativeSampler(const Vocabulary& vocabulary, double exponent, const Parts& parts)
    : word_count_(vocabulary.size()) {
  DealtWords dealt = DealWords(vocabulary, exponent, parts);
  for (std::vector<WeightedWord>& words : dealt.parts) {
    words.insert(words.begin(), dealt.common.begin(), dealt.common.end());
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
