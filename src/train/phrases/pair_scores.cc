#include "train/phrases/pair_scores.h"

#include <algorithm>
#include <cmath>

#include "common/support/parallel_for.h"

namespace wordkin::train {
namespace {

double NormalizedMutualInformation(double pair, double first, double second) {
  // Of a pair that is the whole corpus there is nothing to tell.
  if (pair >= 1) return 1;
  return std::log(pair / (first * second)) / -std::log(pair);
}

}  // namespace

double ScoreOfPair(const PairStatistics& statistics, const PhraseOptions& options) {
  const auto pair = static_cast<double>(statistics.pair_count);
  const auto first = static_cast<double>(statistics.first_count);
  const auto second = static_cast<double>(statistics.second_count);
  const auto words = static_cast<double>(statistics.word_count);
  if (options.score == PhraseScore::kNpmi) {
    return NormalizedMutualInformation(pair / words, first / words, second / words);
  }
  return (pair - static_cast<double>(options.min_count)) / first / second * words;
}

std::vector<ScoredPair> SelectPairs(const AdjacentPairs& counts, const PhraseWords& words,
                                    const PhraseOptions& options, double threshold) {
  std::vector<std::vector<ScoredPair>> selected(counts.partitions.size());
  ParallelFor(selected.size(), options.thread_count, [&](std::size_t partition) {
    for (const PairTable::Slot& slot : counts.partitions[partition].slots()) {
      if (slot.count == 0 || slot.count < options.min_count) continue;
      const WordId first = FirstOfPair(slot.key);
      const WordId second = SecondOfPair(slot.key);
      const double score = ScoreOfPair(
          {slot.count, words.Count(first), words.Count(second), words.total_count()}, options);
      if (score > threshold && words.MayJoin(first, second)) {
        selected[partition].push_back({slot.key, slot.count, score});
      }
    }
  });
  std::vector<ScoredPair> pairs;
  for (const auto& part : selected) pairs.insert(pairs.end(), part.begin(), part.end());
  std::ranges::sort(pairs, {}, &ScoredPair::key);
  return pairs;
}

}  // namespace wordkin::train
