#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "common/math/int8_scan.h"
#include "common/store/embedding_store.h"
#include "query/search/search_request.h"

namespace wordkin::query {

// Ranks rows by a score that is made of their cosines with a few vectors. A Scorer has
//   kVectorCount               how many, at most kMaxScanQueries
//   vectors()                  those of a query, each of length one or zero
//   NearScore(cosines)         the score from cosines that are off by some 0.005
//   ExactScore(unit_row)       that of a row itself
//   has_answers()              false: none at all
//   IsOwnWord(id)              whether a row is no answer, being part of the question
//   own_word_count()           how many such rows there are at most

struct ScoringOptions {
  std::size_t answer_count = 10;
  std::size_t limit_vocabulary = 0;   // 0: all words
  const RowFilter* filter = nullptr;  // which words may be answers
};

namespace cosine_scoring {

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
                             std::span<const ScoredRow> rows, std::size_t answer_count) {
  std::vector<Neighbor> answers;
  std::vector<float> unit_row(store.dimension());
  for (const ScoredRow& each : rows) {
    if (scorer.IsOwnWord(each.row)) continue;
    store.CopyUnitRow(each.row, unit_row);
    answers.push_back({each.row, scorer.ExactScore(unit_row)});
  }
  KeepBest(answers, answer_count);
  return answers;
}

// As many queries as one pass of the scan can serve.
template <typename Scorer>
void RankTogether(const EmbeddingStore& store, std::span<const Scorer> scorers,
                  const ScoringOptions& options, std::size_t row_count,
                  std::vector<std::vector<Neighbor>>& answers) {
  // The near score is off by a little more than a cosine; the property test measures how often the
  // outcome differs from scoring every row exactly.
  constexpr std::size_t kFewestCandidates = 128;
  std::vector<ScanQuery> scan_queries;
  std::vector<BestRows> best;
  for (const Scorer& scorer : scorers) {
    for (const std::vector<float>& vector : scorer.vectors()) {
      scan_queries.push_back(QuantizeScanQuery(vector));
    }
    const std::size_t wanted =
        std::min(options.answer_count, row_count) * 2 + 32 + scorer.own_word_count();
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
    answers.push_back(scorers[i].has_answers()
                          ? Rerank(store, scorers[i], best[i].Take(), options.answer_count)
                          : std::vector<Neighbor>());
  }
}

}  // namespace cosine_scoring

// The best answers to each query, best first: the 8-bit scan scores every row nearly, and the best
// are scored again exactly. scorer_of(i) makes the Scorer of query i, for as long as it is needed.
template <typename Scorer, typename ScorerOf>
std::vector<std::vector<Neighbor>> RankByCosines(const EmbeddingStore& store,
                                                 std::size_t query_count, const ScorerOf& scorer_of,
                                                 const ScoringOptions& options) {
  constexpr std::size_t kTogether = kMaxScanQueries / Scorer::kVectorCount;
  const std::size_t row_count = options.limit_vocabulary == 0
                                    ? store.size()
                                    : std::min(options.limit_vocabulary, store.size());
  std::vector<std::vector<Neighbor>> answers;
  answers.reserve(query_count);
  for (std::size_t first = 0; first < query_count; first += kTogether) {
    std::vector<Scorer> scorers;
    for (std::size_t i = first; i < std::min(first + kTogether, query_count); ++i) {
      scorers.push_back(scorer_of(i));
    }
    cosine_scoring::RankTogether<Scorer>(store, scorers, options, row_count, answers);
  }
  return answers;
}

}  // namespace wordkin::query
