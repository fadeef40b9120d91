#include "query/search/search_benchmark.h"

#include <algorithm>
#include <chrono>
#include <span>

#include "common/math/aligned_matrix.h"
#include "common/math/int8_scan.h"
#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/support/parallel_for.h"
#include "query/search/exact_index.h"
#include "query/search/hnsw_index.h"
#include "query/search/recall.h"
#include "query/search/search_request.h"

namespace wordkin::query {
namespace {

using Answers = std::vector<std::vector<Neighbor>>;
using Clock = std::chrono::steady_clock;

// Queries that one pass over the float rows answers, when only its answers count.
constexpr std::size_t kQueriesAtOnce = 16;
// Brute force is slow and always the same: so many queries say how slow.
constexpr std::size_t kQueriesOfBruteForce = 50;

AlignedMatrix UnitRows(const EmbeddingStore& store) {
  AlignedMatrix rows(store.size(), store.dimension());
  for (WordId id = 0; id < store.size(); ++id) store.CopyUnitRow(id, rows.Row(id));
  return rows;
}

double SecondsFor(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// After one that brings the pages into memory.
double MedianSeconds(std::size_t repetitions, const std::function<void()>& work) {
  work();
  std::vector<double> seconds;
  for (std::size_t i = 0; i < repetitions; ++i) seconds.push_back(SecondsFor(work));
  std::ranges::sort(seconds);
  return seconds[seconds.size() / 2];
}

class SearchBenchmark {
 public:
  SearchBenchmark(const EmbeddingStore& store, const EmbeddingStore& truth,
                  const BenchmarkOptions& options,
                  const std::function<void(double, std::string_view)>& progress)
      : store_(store), options_(options), progress_(progress), rows_(UnitRows(truth)) {
    words_ = SpreadRows(options.query_count, store.size());
    for (const WordId& word : words_) {
      requests_.push_back({rows_.Row(word), options.neighbor_count, {&word, 1}});
    }
  }

  std::vector<SearchMeasurement> Run() {
    const bool has_nibbles = store_.nibble_plane() != nullptr;
    std::vector<int> thread_counts = {1};
    if (options_.thread_count > 1) thread_counts.push_back(options_.thread_count);
    steps_ = 1 + (has_nibbles ? 3 : 2) * thread_counts.size() + options_.efforts.size();
    Tell("brute force");
    FindTruth();
    MeasureBruteForce();
    for (const int thread_count : thread_counts) {
      MeasureExact(1, thread_count);
      if (has_nibbles) MeasureNibbles(thread_count);
      MeasureExact(kMaxScanQueries, thread_count);
    }
    for (const int effort : options_.efforts) MeasureGraph(effort);
    return std::move(measurements_);
  }

 private:
  void Tell(std::string_view what) {
    if (progress_) progress_(static_cast<double>(done_++) / static_cast<double>(steps_), what);
  }

  void FindTruth() {
    truth_.resize(words_.size());
    const std::size_t groups = (words_.size() + kQueriesAtOnce - 1) / kQueriesAtOnce;
    ParallelFor(groups, options_.thread_count, [&](std::size_t group) {
      const std::size_t first = group * kQueriesAtOnce;
      BruteForce(first, std::min(first + kQueriesAtOnce, words_.size()));
    });
  }

  // The true neighbours of the queries [first, end), in one pass over the rows.
  void BruteForce(std::size_t first, std::size_t end) {
    const std::size_t wanted = options_.neighbor_count + 1;
    std::vector<BestRows> best(end - first, BestRows(wanted));
    for (WordId row = 0; row < rows_.row_count(); ++row) {
      for (std::size_t i = first; i < end; ++i) {
        best[i - first].Offer(row, Dot(rows_.Row(words_[i]), rows_.Row(row)));
      }
    }
    for (std::size_t i = first; i < end; ++i) {
      // Nothing is near to a row of zeros.
      if (Dot(rows_.Row(words_[i]), rows_.Row(words_[i])) == 0) continue;
      std::vector<Neighbor> found;
      for (const ScoredRow& each : best[i - first].Take()) found.push_back({each.row, each.score});
      truth_[i] = SelectNeighbors(std::move(found), requests_[i]);
    }
  }

  void MeasureBruteForce() {
    const std::size_t count = std::min(kQueriesOfBruteForce, words_.size());
    const double seconds = MedianSeconds(options_.repetitions, [&] {
      for (std::size_t i = 0; i < count; ++i) BruteForce(i, i + 1);
    });
    measurements_.push_back({.search = "brute-force",
                             .effort = {},
                             .recall = 1,
                             .queries_per_second = static_cast<double>(count) / seconds});
  }

  void MeasureExact(std::size_t batch, int thread_count) {
    Tell("exact search");
    const ExactIndex index(store_, 0, thread_count, ScanRows::kInt8);
    Measure(index, {.search = "exact", .batch = batch, .thread_count = thread_count, .effort = {}});
  }

  void MeasureNibbles(int thread_count) {
    Tell("exact search by 4-bit rows");
    const ExactIndex index(store_, 0, thread_count, ScanRows::kNibbles);
    Measure(index, {.search = "nibbles", .thread_count = thread_count, .effort = {}});
  }

  void MeasureGraph(int effort) {
    Tell("hnsw, effort " + std::to_string(effort));
    const HnswIndex index(store_, effort);
    Measure(index, {.search = "hnsw", .effort = effort});
  }

  void Measure(const VectorIndex& index, SearchMeasurement measurement) {
    Answers answers;
    const double seconds = MedianSeconds(options_.repetitions, [&] {
      answers.clear();
      for (std::size_t i = 0; i < requests_.size(); i += measurement.batch) {
        const std::size_t count = std::min(measurement.batch, requests_.size() - i);
        for (auto& each : index.SearchBatch(std::span(requests_).subspan(i, count))) {
          answers.push_back(std::move(each));
        }
      }
    });
    measurement.recall = Recall(answers);
    measurement.queries_per_second = static_cast<double>(requests_.size()) / seconds;
    measurements_.push_back(std::move(measurement));
  }

  double Recall(const Answers& answers) const {
    std::size_t found = 0;
    std::size_t expected = 0;
    for (std::size_t i = 0; i < truth_.size(); ++i) {
      expected += truth_[i].size();
      found += CountFound(truth_[i], answers[i]);
    }
    return expected == 0 ? 1 : static_cast<double>(found) / static_cast<double>(expected);
  }

  const EmbeddingStore& store_;
  const BenchmarkOptions& options_;
  const std::function<void(double, std::string_view)>& progress_;
  AlignedMatrix rows_;  // of length one, in float32
  std::vector<WordId> words_;
  std::vector<SearchRequest> requests_;
  Answers truth_;
  std::vector<SearchMeasurement> measurements_;
  std::size_t steps_ = 0;
  std::size_t done_ = 0;
};

}  // namespace

std::vector<SearchMeasurement> MeasureSearches(
    const EmbeddingStore& store, const EmbeddingStore& truth, const BenchmarkOptions& options,
    const std::function<void(double, std::string_view)>& progress) {
  if (truth.size() != store.size() || truth.dimension() != store.dimension()) {
    throw Error(ErrorKind::kUsage, "cannot measure '" + store.path() + "' against '" +
                                       truth.path() + "': they do not hold the same words");
  }
  for (WordId id = 0; id < store.size(); ++id) {
    if (truth.Word(id) == store.Word(id)) continue;
    throw Error(ErrorKind::kUsage, "cannot measure '" + store.path() + "' against '" +
                                       truth.path() + "': they do not hold the same words");
  }
  return SearchBenchmark(store, truth, options, progress).Run();
}

}  // namespace wordkin::query
