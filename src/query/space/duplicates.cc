#include "query/space/duplicates.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numbers>
#include <span>
#include <thread>

#include "common/math/half_float.h"
#include "common/math/int8_scan.h"
#include "common/math/vector_kernels.h"
#include "common/support/parallel_for.h"
#include "query/search/search_request.h"

namespace wordkin::query {
namespace {

// The best pairs of all threads.
class BestPairs {
 public:
  BestPairs(std::size_t limit, float least_score) : limit_(limit), floor_(least_score) {}

  // No pair below counts; rises as better pairs come.
  float floor() const { return floor_.load(std::memory_order_relaxed); }

  void Add(std::span<const AlikePair> pairs) {
    const std::lock_guard lock(mutex_);
    for (const AlikePair& pair : pairs) {
      if (pair.score < floor()) continue;
      pairs_.push_back(pair);
      if (pairs_.size() >= 2 * limit_) Prune();
    }
  }

  std::vector<AlikePair> Take() {
    Prune();
    std::ranges::sort(pairs_, IsBetter);
    return std::move(pairs_);
  }

 private:
  static bool IsBetter(const AlikePair& a, const AlikePair& b) {
    if (a.score != b.score) return a.score > b.score;
    return a.first != b.first ? a.first < b.first : a.second < b.second;
  }

  void Prune() {
    if (pairs_.size() < limit_) return;
    const auto last_kept = pairs_.begin() + static_cast<std::ptrdiff_t>(limit_ - 1);
    std::ranges::nth_element(pairs_, last_kept, IsBetter);
    floor_.store(last_kept->score, std::memory_order_relaxed);
    pairs_.resize(limit_);
  }

  std::size_t limit_;
  std::atomic<float> floor_;
  std::mutex mutex_;  // guards pairs_
  std::vector<AlikePair> pairs_;
};

// Half precision is off by so much of a cosine factor at most.
constexpr double kHalfRounding = 1.0 / 2048;

// The most that rounding to whole numbers turned a vector of 'dimension' values, which now has this
// length: no value was moved by more than a half.
double AngleOfRounding(std::size_t dimension, double length) {
  const double most_moved = 0.5 * std::sqrt(static_cast<double>(dimension));
  return std::asin(std::min(1.0, most_moved / length));
}

class DuplicateSearch {
 public:
  DuplicateSearch(const EmbeddingStore& store, const DuplicateOptions& options)
      : store_(store),
        options_(options),
        row_count_(options.limit_vocabulary == 0
                       ? store.size()
                       : std::min(options.limit_vocabulary, store.size())),
        allowed_(options.filter == nullptr ? RowFilter(store.size()) : *options.filter),
        best_(options.pair_count, options.least_score - kRounding) {
    float largest_factor = 0;
    for (WordId row = 0; row < row_count_; ++row) {
      const float factor = HalfToFloat(store.scan_plane().cosine_factors[row]);
      if (factor == 0) allowed_.Remove(row);  // near nothing, not even to another zero row
      if (allowed_.Allows(row)) largest_factor = std::max(largest_factor, factor);
    }
    if (largest_factor == 0) return;
    const double least_length = 127 / (double{largest_factor} * (1 + kHalfRounding));
    angle_of_rows_ = AngleOfRounding(store.dimension(), least_length);
  }

  std::vector<AlikePair> Run(const std::function<void(double)>& progress,
                             const std::atomic<bool>& stop) {
    const std::size_t chunk_count = (row_count_ + kRowsAtOnce - 1) / kRowsAtOnce;
    const std::thread::id caller = std::this_thread::get_id();
    const double all = Pairs(row_count_);
    std::atomic<double> done = 0;
    ParallelFor(chunk_count, options_.thread_count, [&](std::size_t turn) {
      if (stop) return;
      // A row is compared with those before it; the long searches first, so that threads end alike.
      const std::size_t first = (chunk_count - 1 - turn) * kRowsAtOnce;
      const std::size_t end = std::min(first + kRowsAtOnce, row_count_);
      for (std::size_t row = first; row < end; row += kMaxScanQueries) {
        Compare(row, std::min(row + kMaxScanQueries, end));
      }
      done += Pairs(end) - Pairs(first);
      if (progress && all > 0 && std::this_thread::get_id() == caller) progress(done / all);
    });
    return best_.Take();
  }

 private:
  // Of the cosine of two equal rows, which are not quite of length one.
  static constexpr float kRounding = 1e-6f;
  static constexpr std::size_t kRowsAtOnce = 8 * kMaxScanQueries;

  static double Pairs(std::size_t rows) {
    return static_cast<double>(rows) * (static_cast<double>(rows) - 1) / 2;
  }

  // Rows [first, end) with all rows before each.
  void Compare(std::size_t first, std::size_t end) {
    const std::size_t candidates = CandidateCount(options_.pair_count, row_count_);
    const float floor = best_.floor();
    std::vector<WordId> ids;
    std::vector<std::vector<float>> unit_rows;
    std::vector<ScanQuery> queries;
    std::vector<BestRows> near;
    for (auto id = static_cast<WordId>(first); id < end; ++id) {
      if (!allowed_.Allows(id)) continue;
      std::vector<float> unit_row(store_.dimension());
      store_.CopyUnitRow(id, unit_row);
      ScanQuery query = QuantizeScanQuery(unit_row);
      if (query.cosine_scale == 0) continue;
      near.emplace_back(candidates, allowed_.bits(), Threshold(query, floor));
      ids.push_back(id);
      unit_rows.push_back(std::move(unit_row));
      queries.push_back(std::move(query));
    }
    FindBestRows(store_.scan_plane(), {0, end - 1}, queries, near);
    for (std::size_t i = 0; i < ids.size(); ++i) AddPairs(ids[i], unit_rows[i], near[i].Take());
  }

  // Of the scan's scores: no row that comes up to 'floor' at full precision scores below.
  float Threshold(const ScanQuery& query, float floor) const {
    const double length = 1 / (127 * double{query.cosine_scale});
    const double angle = std::acos(std::clamp(double{floor}, -1.0, 1.0)) + angle_of_rows_ +
                         AngleOfRounding(store_.dimension(), length);
    const double cosine = std::cos(std::min(angle, std::numbers::pi)) - kHalfRounding;
    return static_cast<float>(cosine / double{query.cosine_scale});
  }

  void AddPairs(WordId id, std::span<const float> unit_row, std::span<const ScoredRow> near) {
    std::vector<AlikePair> pairs;
    std::vector<float> other(store_.dimension());
    for (const ScoredRow& each : near) {
      if (each.row >= id) continue;
      store_.CopyUnitRow(each.row, other);
      const float score = std::clamp(Dot(unit_row, other), -1.0f, 1.0f);
      if (score >= best_.floor()) pairs.push_back({each.row, id, score});
    }
    if (!pairs.empty()) best_.Add(pairs);
  }

  const EmbeddingStore& store_;
  const DuplicateOptions& options_;
  std::size_t row_count_;
  RowFilter allowed_;
  double angle_of_rows_ = 0;  // the most that rounding to 8 bits turned one
  BestPairs best_;
};

}  // namespace

std::vector<AlikePair> FindDuplicates(const EmbeddingStore& store, const DuplicateOptions& options,
                                      const std::function<void(double)>& progress,
                                      const std::atomic<bool>& stop) {
  return DuplicateSearch(store, options).Run(progress, stop);
}

}  // namespace wordkin::query
