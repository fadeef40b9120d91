#include "query/questions/pair_analogy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>

#include "common/math/aligned_matrix.h"
#include "common/math/vector_kernels.h"
#include "common/support/random.h"
#include "query/questions/cosine_scoring.h"

namespace wordkin::query {
namespace {

// mean of b - mean of a
std::vector<float> MeanOffset(const EmbeddingStore& store, std::span<const WordPair> pairs) {
  std::vector<float> offset(store.dimension());
  std::vector<float> row(store.dimension());
  const float share = 1 / static_cast<float>(pairs.size());
  for (const WordPair& pair : pairs) {
    CopyUnitRow(store, pair.b, row);
    AddScaled(offset, share, row);
    CopyUnitRow(store, pair.a, row);
    AddScaled(offset, -share, row);
  }
  return offset;
}

// The distinct words of one side of the pairs.
std::vector<QueryWord> Side(std::span<const WordPair> pairs, QueryWord WordPair::*side) {
  std::vector<QueryWord> words;
  std::unordered_set<WordId> seen;
  for (const WordPair& pair : pairs) {
    const QueryWord& word = pair.*side;
    if (word.is_unseen() || seen.insert(word.id).second) words.push_back(word);
  }
  return words;
}

// Words of the store that are in no pair, as many as 'count' unless the store is too small.
std::vector<QueryWord> DrawOthers(const EmbeddingStore& store, std::span<const WordId> of_pairs,
                                  std::size_t count, std::uint64_t seed) {
  std::unordered_set<WordId> taken(of_pairs.begin(), of_pairs.end());
  count = std::min(count, store.size() - taken.size());
  std::vector<QueryWord> drawn;
  Random random(seed);
  while (drawn.size() < count) {
    const WordId id = random.Below(static_cast<std::uint32_t>(store.size()));
    if (taken.insert(id).second) drawn.emplace_back(id);
  }
  return drawn;
}

// Tells the b of the pairs from other words.
LogisticModel FitClass(const EmbeddingStore& store, std::span<const WordPair> pairs,
                       std::span<const WordId> of_pairs, std::uint64_t seed) {
  constexpr double kPenalty = 1;
  const std::vector<QueryWord> positives = Side(pairs, &WordPair::b);
  std::vector<QueryWord> negatives = Side(pairs, &WordPair::a);
  // A word on both sides (of 'big bigger', 'bigger biggest') tells nothing.
  std::unordered_set<WordId> in_class;
  for (const QueryWord& word : positives) in_class.insert(word.id);
  std::erase_if(negatives, [&](const QueryWord& word) {
    return !word.is_unseen() && in_class.contains(word.id);
  });
  for (const QueryWord& word : DrawOthers(store, of_pairs, positives.size(), seed)) {
    negatives.push_back(word);
  }
  // Nothing to tell from: every word is as likely.
  if (negatives.empty()) return {std::vector<float>(store.dimension()), 0};
  AlignedMatrix rows(positives.size() + negatives.size(), store.dimension());
  std::vector<bool> is_positive(rows.row_count(), false);
  for (std::size_t i = 0; i < rows.row_count(); ++i) {
    is_positive[i] = i < positives.size();
    CopyUnitRow(store, is_positive[i] ? positives[i] : negatives[i - positives.size()],
                rows.Row(i));
  }
  return FitLogisticRegression(rows, is_positive, {.penalty = kPenalty});
}

class ClassScorer {
 public:
  static constexpr std::size_t kVectorCount = 2;

  ClassScorer(const EmbeddingStore& store, const LogisticModel& of_class, const QueryWord& word)
      : of_class_(of_class), word_(word.id) {
    vectors_[0] = of_class.weights;
    weight_length_ = Normalize(vectors_[0]);
    vectors_[1].resize(store.dimension());
    CopyUnitRow(store, word, vectors_[1]);
  }

  bool has_answers() const { return true; }
  std::span<const std::vector<float>, kVectorCount> vectors() const { return vectors_; }
  float NearScore(const std::array<float, kVectorCount>& cosines) const {
    const double probability = of_class_.Probability(double{weight_length_} * double{cosines[0]});
    return static_cast<float>(probability) * cosines[1];
  }
  float ExactScore(std::span<const float> unit_row) const {
    return NearScore({Dot(unit_row, vectors_[0]), Dot(unit_row, vectors_[1])});
  }
  bool IsOwnWord(WordId id) const { return id == word_; }
  std::size_t own_word_count() const { return 1; }

 private:
  const LogisticModel& of_class_;
  WordId word_;
  std::array<std::vector<float>, kVectorCount> vectors_;
  float weight_length_ = 0;
};

std::vector<WordId> KnownWords(std::span<const WordPair> pairs) {
  std::vector<WordId> ids;
  for (const WordPair& pair : pairs) {
    for (const QueryWord& word : {pair.a, pair.b}) {
      if (!word.is_unseen()) ids.push_back(word.id);
    }
  }
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace

PairAnalogy::PairAnalogy(const EmbeddingStore& store, std::span<const WordPair> pairs,
                         const PairAnalogyOptions& options)
    : store_(store),
      options_(options),
      filter_(options.filter == nullptr ? RowFilter(store.size()) : *options.filter) {
  const std::vector<WordId> of_pairs = KnownWords(pairs);
  if (!options.pairs_may_answer) {
    for (const WordId id : of_pairs) filter_.Remove(id);
    removed_from_filter_ = of_pairs.size();
  }
  if (options.method == PairMethod::kAverage) {
    offset_ = MeanOffset(store, pairs);
  } else {
    of_class_ = FitClass(store, pairs, of_pairs, options.seed);
  }
}

std::vector<std::vector<Neighbor>> PairAnalogy::Solve(const VectorIndex& index,
                                                      std::span<const QueryWord> words) const {
  return options_.method == PairMethod::kAverage ? SolveByAverage(index, words)
                                                 : SolveByRegression(words);
}

std::vector<std::vector<Neighbor>> PairAnalogy::SolveByAverage(
    const VectorIndex& index, std::span<const QueryWord> words) const {
  // The pairs' words may well be the nearest, and a graph meets few rows beyond those asked for.
  const std::size_t wanted = std::min(options_.answer_count, store_.size()) + removed_from_filter_;
  std::vector<std::vector<float>> targets;
  targets.reserve(words.size());
  std::vector<SearchRequest> requests;
  for (const QueryWord& word : words) {
    std::vector<float>& target = targets.emplace_back(store_.dimension());
    CopyUnitRow(store_, word, target);
    AddScaled(target, 1.0f, offset_);
    requests.push_back({target, wanted, {&word.id, 1}, &filter_});
  }
  std::vector<std::vector<Neighbor>> answers = index.SearchBatch(requests);
  for (std::vector<Neighbor>& each : answers) {
    each.resize(std::min(each.size(), options_.answer_count));
  }
  return answers;
}

std::vector<std::vector<Neighbor>> PairAnalogy::SolveByRegression(
    std::span<const QueryWord> words) const {
  return RankByCosines<ClassScorer>(
      store_, words.size(), [&](std::size_t i) { return ClassScorer(store_, of_class_, words[i]); },
      {options_.answer_count, options_.limit_vocabulary, &filter_});
}

}  // namespace wordkin::query
