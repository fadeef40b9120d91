#include "query/questions/neighbor_rank.h"

#include <algorithm>

#include "common/math/vector_kernels.h"

namespace wordkin::query {
namespace {

// One side of a pair: counts the rows that stand before 'goal' as seen from 'origin'.
class PlaceCounter {
 public:
  PlaceCounter(const EmbeddingStore& store, const QueryWord& origin, const QueryWord& goal)
      : origin_(origin.id), goal_(goal.id), unit_origin_(store.dimension()) {
    CopyUnitRow(store, origin, unit_origin_);
    std::vector<float> unit_goal(store.dimension());
    CopyUnitRow(store, goal, unit_goal);
    goal_score_ = Score(unit_goal);
  }

  float goal_score() const { return goal_score_; }
  std::size_t place() const { return place_; }

  void Offer(WordId row, std::span<const float> unit_row) {
    if (row == origin_ || row == goal_) return;
    const float score = Score(unit_row);
    if (score > goal_score_ || (score == goal_score_ && row < goal_)) ++place_;
  }

 private:
  // As a search scores its answers, so that both agree on what is equal.
  float Score(std::span<const float> unit_row) const {
    return std::clamp(Dot(unit_origin_, unit_row), -1.0f, 1.0f);
  }

  WordId origin_;
  WordId goal_;
  std::vector<float> unit_origin_;
  float goal_score_ = 0;
  std::size_t place_ = 1;
};

bool IsSameWord(const WordPair& pair) {
  return !pair.a.is_unseen() ? pair.a.id == pair.b.id
                             : pair.b.is_unseen() && pair.a.unit_row == pair.b.unit_row;
}

class Ranking {
 public:
  Ranking(const EmbeddingStore& store, const RankOptions& options)
      : store_(store),
        filter_(options.filter),
        row_count_(options.limit_vocabulary == 0
                       ? store.size()
                       : std::min(options.limit_vocabulary, store.size())) {}

  std::vector<NeighborRanks> Rank(std::span<const WordPair> pairs) const {
    std::vector<PlaceCounter> counters;
    for (const WordPair& pair : pairs) {
      counters.emplace_back(store_, pair.a, pair.b);
      counters.emplace_back(store_, pair.b, pair.a);
    }
    const std::size_t counted = OfferAll(counters);
    std::vector<NeighborRanks> ranks;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (IsSameWord(pairs[i])) {
        ranks.push_back({counters[2 * i].goal_score(), 0, 0, 0});
        continue;
      }
      // All that count and the two of them, less the one whose neighbours they are.
      const std::size_t word_count = counted + !Counts(pairs[i].a.id) + !Counts(pairs[i].b.id) - 1;
      ranks.push_back({counters[2 * i].goal_score(), counters[2 * i].place(),
                       counters[2 * i + 1].place(), word_count});
    }
    return ranks;
  }

 private:
  bool Counts(WordId row) const {
    return row < row_count_ && (filter_ == nullptr || filter_->Allows(row));
  }

  // Returns how many rows count.
  std::size_t OfferAll(std::span<PlaceCounter> counters) const {
    std::vector<float> unit_row(store_.dimension());
    std::size_t counted = 0;
    for (WordId row = 0; row < row_count_; ++row) {
      if (!Counts(row)) continue;
      ++counted;
      store_.CopyUnitRow(row, unit_row);
      for (PlaceCounter& counter : counters) counter.Offer(row, unit_row);
    }
    return counted;
  }

  const EmbeddingStore& store_;
  const RowFilter* filter_;
  std::size_t row_count_;
};

}  // namespace

std::vector<NeighborRanks> RankNeighbors(const EmbeddingStore& store,
                                         std::span<const WordPair> pairs,
                                         const RankOptions& options) {
  return Ranking(store, options).Rank(pairs);
}

}  // namespace wordkin::query
