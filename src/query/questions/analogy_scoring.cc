#include "query/questions/analogy_scoring.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "common/math/int8_scan.h"
#include "common/math/vector_kernels.h"
#include "query/search/search_request.h"

namespace wordkin::query {
namespace {

using FloatRow = std::vector<float>;

FloatRow UnitRow(const EmbeddingStore& store, const QueryWord& word) {
  FloatRow row(store.dimension());
  CopyUnitRow(store, word, row);
  return row;
}

// 3CosMul. A scorer gives the vectors whose cosines with a row it needs, a score from those, near
// or exact, and the score of a row itself.
class MultiplyScorer {
 public:
  static constexpr std::size_t kVectorCount = 3;

  MultiplyScorer(const EmbeddingStore& store, const AnalogyQuery& query)
      : vectors_{UnitRow(store, query.a), UnitRow(store, query.b), UnitRow(store, query.c)} {}

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
class DirectionScorer {
 public:
  static constexpr std::size_t kVectorCount = 2;

  DirectionScorer(const EmbeddingStore& store, const AnalogyQuery& query)
      : vectors_{UnitRow(store, query.b), UnitRow(store, query.c)} {
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
void OfferRun(const Scorer& scorer, const ScoredRun& run, std::size_t first_vector,
              std::span<const ScanQuery> scan_queries, BestRows& best) {
  for (std::size_t i = 0; i < run.row_count; ++i) {
    std::array<float, Scorer::kVectorCount> cosines;
    for (std::size_t v = 0; v < cosines.size(); ++v) {
      // Rounding may lead out of a cosine's range, where 3CosMul divides by almost nothing.
      cosines[v] =
          std::clamp(run.scores[first_vector + v][i] * scan_queries[first_vector + v].cosine_scale,
                     -1.0f, 1.0f);
    }
    const float score = scorer.NearScore(cosines);
    if (score > best.threshold()) {
      best.Offer(static_cast<std::uint32_t>(run.first_row + i), score);
    }
  }
}

template <typename Scorer>
std::vector<Neighbor> Rerank(const EmbeddingStore& store, const Scorer& scorer,
                             const AnalogyQuery& query, std::span<const ScoredRow> rows,
                             std::size_t answer_count) {
  std::vector<Neighbor> answers;
  FloatRow unit_row(store.dimension());
  for (const ScoredRow& each : rows) {
    if (each.row == query.a.id || each.row == query.b.id || each.row == query.c.id) continue;
    store.CopyUnitRow(each.row, unit_row);
    answers.push_back({each.row, scorer.ExactScore(unit_row)});
  }
  KeepBest(answers, answer_count);
  return answers;
}

// As many queries as one pass of the scan can serve.
template <typename Scorer>
void ScoreTogether(const EmbeddingStore& store, std::span<const AnalogyQuery> queries,
                   const AnalogyOptions& options, std::size_t row_count,
                   std::vector<std::vector<Neighbor>>& answers) {
  // The near score is off by a little more than a cosine; the property test measures how often the
  // outcome differs from scoring every row exactly.
  constexpr std::size_t kFewestCandidates = 128;
  const std::size_t own_words = 3;
  const std::size_t wanted = std::min(options.answer_count, row_count) * 2 + 32 + own_words;
  std::vector<Scorer> scorers;
  std::vector<ScanQuery> scan_queries;
  std::vector<BestRows> best;
  for (const AnalogyQuery& query : queries) {
    scorers.emplace_back(store, query);
    for (const FloatRow& vector : scorers.back().vectors()) {
      scan_queries.push_back(QuantizeScanQuery(vector));
    }
    best.emplace_back(std::max(kFewestCandidates, wanted), options.filter == nullptr
                                                               ? std::span<const std::uint64_t>()
                                                               : options.filter->bits());
  }
  ScoreRows(store.scan_plane(), row_count, scan_queries, [&](const ScoredRun& run) {
    for (std::size_t i = 0; i < scorers.size(); ++i) {
      OfferRun(scorers[i], run, i * Scorer::kVectorCount, scan_queries, best[i]);
    }
  });
  for (std::size_t i = 0; i < scorers.size(); ++i) {
    answers.push_back(scorers[i].has_answers() ? Rerank(store, scorers[i], queries[i],
                                                        best[i].Take(), options.answer_count)
                                               : std::vector<Neighbor>());
  }
}

template <typename Scorer>
std::vector<std::vector<Neighbor>> ScoreAll(const EmbeddingStore& store,
                                            std::span<const AnalogyQuery> queries,
                                            const AnalogyOptions& options) {
  const std::size_t row_count = options.limit_vocabulary == 0
                                    ? store.size()
                                    : std::min(options.limit_vocabulary, store.size());
  constexpr std::size_t kTogether = kMaxScanQueries / Scorer::kVectorCount;
  std::vector<std::vector<Neighbor>> answers;
  answers.reserve(queries.size());
  for (std::size_t first = 0; first < queries.size(); first += kTogether) {
    const std::size_t count = std::min(kTogether, queries.size() - first);
    ScoreTogether<Scorer>(store, queries.subspan(first, count), options, row_count, answers);
  }
  return answers;
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
