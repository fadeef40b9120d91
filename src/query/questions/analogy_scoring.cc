#include "query/questions/analogy_scoring.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "common/math/vector_kernels.h"
#include "query/questions/cosine_scoring.h"

namespace wordkin::query {
namespace {

using FloatRow = std::vector<float>;

FloatRow UnitRow(const EmbeddingStore& store, const QueryWord& word) {
  FloatRow row(store.dimension());
  CopyUnitRow(store, word, row);
  return row;
}

// The words of a question are not its answers.
class OwnWords {
 public:
  explicit OwnWords(const AnalogyQuery& query) : ids_{query.a.id, query.b.id, query.c.id} {}
  bool IsOwnWord(WordId id) const { return std::ranges::find(ids_, id) != ids_.end(); }
  std::size_t own_word_count() const { return ids_.size(); }

 private:
  std::array<WordId, 3> ids_;
};

// 3CosMul.
class MultiplyScorer : public OwnWords {
 public:
  static constexpr std::size_t kVectorCount = 3;

  MultiplyScorer(const EmbeddingStore& store, const AnalogyQuery& query)
      : OwnWords(query),
        vectors_{UnitRow(store, query.a), UnitRow(store, query.b), UnitRow(store, query.c)} {}

  bool has_answers() const { return true; }
  std::span<const FloatRow, kVectorCount> vectors() const { return vectors_; }
  float ScoreFromCosines(float to_a, float to_b, float to_c) const {
    constexpr float kEpsilon = 0.001f;  // as published
    return (to_b + 1) / 2 * ((to_c + 1) / 2) / ((to_a + 1) / 2 + kEpsilon);
  }
  float NearScore(const std::array<float, kVectorCount>& cosines) const {
    return ScoreFromCosines(cosines[0], cosines[1], cosines[2]);
  }
  float ExactScore(std::span<const float> unit_row) const {
    return ScoreFromCosines(Dot(unit_row, vectors_[0]), Dot(unit_row, vectors_[1]),
                            Dot(unit_row, vectors_[2]));
  }

 private:
  std::array<FloatRow, kVectorCount> vectors_;
};

// PairDirection: cos(b - a, x - c) from the cosines of x with the direction and with c, since
// |x - c|^2 = 2 - 2 cos(x, c).
class DirectionScorer : public OwnWords {
 public:
  static constexpr std::size_t kVectorCount = 2;

  DirectionScorer(const EmbeddingStore& store, const AnalogyQuery& query)
      : OwnWords(query), vectors_{UnitRow(store, query.b), UnitRow(store, query.c)} {
    AddScaled(vectors_[0], -1.0f, UnitRow(store, query.a));
    length_ = Normalize(vectors_[0]);
    along_c_ = Dot(vectors_[0], vectors_[1]);
  }

  bool has_answers() const { return length_ > 0; }
  std::span<const FloatRow, kVectorCount> vectors() const { return vectors_; }
  float NearScore(const std::array<float, kVectorCount>& cosines) const {
    // Below it the distance is mostly rounding; such rows are looked at exactly if they score well.
    constexpr float kLeastSquaredDistance = 0.02f;
    const float squared_distance = std::max(2 - 2 * cosines[1], kLeastSquaredDistance);
    return (cosines[0] - along_c_) / std::sqrt(squared_distance);
  }
  float ExactScore(std::span<const float> unit_row) const {
    FloatRow step(unit_row.begin(), unit_row.end());
    AddScaled(step, -1.0f, vectors_[1]);
    Normalize(step);
    return std::clamp(Dot(vectors_[0], step), -1.0f, 1.0f);
  }

 private:
  std::array<FloatRow, kVectorCount> vectors_;
  float length_ = 0;
  float along_c_ = 0;
};

template <typename Scorer>
std::vector<std::vector<Neighbor>> ScoreAll(const EmbeddingStore& store,
                                            std::span<const AnalogyQuery> queries,
                                            const AnalogyOptions& options) {
  return RankByCosines<Scorer>(store, queries.size(),
                               [&](std::size_t i) { return Scorer(store, queries[i]); },
                               {options.answer_count, options.limit_vocabulary, options.filter});
}

}  // namespace

std::vector<std::vector<Neighbor>> ScoreAnalogies(const EmbeddingStore& store,
                                                  std::span<const AnalogyQuery> queries,
                                                  const AnalogyOptions& options) {
  if (options.method == AnalogyMethod::kMultiply) {
    return ScoreAll<MultiplyScorer>(store, queries, options);
  }
  return ScoreAll<DirectionScorer>(store, queries, options);
}

}  // namespace wordkin::query
