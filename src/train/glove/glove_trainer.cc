#include "train/glove/glove_trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <numeric>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/support/parallel_for.h"
#include "common/support/random.h"
#include "common/support/thread_check.h"
#include "train/glove/glove_kernel.h"
#include "train/glove/tile_schedule.h"

namespace wordkin::train {
namespace {

using Clock = std::chrono::steady_clock;
constexpr double kSecondsBetweenReports = 1.0 / 6;

[[noreturn]] void ThrowDiverged() {
  throw Error(ErrorKind::kUsage,
              "training diverged: the loss is no longer a sensible number, and nothing was "
              "written; try again with a lower --learning-rate");
}

void DrawRows(AlignedMatrix& rows, const GloveRowLayout& layout, std::size_t bias_column,
              std::size_t one_column, std::uint64_t seed) {
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    Random random(MixSeeds(seed, row));
    const std::span<float> values = rows.Row(row);
    for (std::size_t column = 0; column < GloveRowLayout::kLine * layout.line_count; ++column) {
      values[layout.SumAt(column)] = 1;
      if (column >= layout.dimension && column != bias_column) continue;
      values[layout.ValueAt(column)] =
          (random.NextFloat() - 0.5f) / static_cast<float>(layout.dimension);
    }
    values[layout.ValueAt(one_column)] = 1;
  }
}

// The vector learns at 'learning_rate', the bias at 1 as in the original, the rest not at all.
AlignedMatrix RatesOfColumns(const GloveRowLayout& layout, std::size_t bias_column,
                             float learning_rate) {
  AlignedMatrix rates(1, GloveRowLayout::kLine * layout.line_count);
  std::fill_n(rates.data(), layout.dimension, learning_rate);
  rates.data()[bias_column] = 1;
  return rates;
}

class Epoch {
 public:
  Epoch(const TrainingTiles& tiles, const GloveOptions& options, GloveState& state,
        const GloveProgressCallback& progress, const std::atomic<bool>& stop,
        Clock::time_point begin, int first_epoch, double& last_report)
      : tiles_(tiles),
        options_(options),
        state_(state),
        progress_(progress),
        stop_(stop),
        begin_(begin),
        first_epoch_(first_epoch),
        layout_(options.dimension),
        word_rates_(RatesOfColumns(layout_, layout_.dimension, options.learning_rate)),
        context_rates_(RatesOfColumns(layout_, layout_.dimension + 1, options.learning_rate)),
        schedule_(tiles.group_count(), MixSeeds(options.seed, state.epoch_losses.size())),
        tile_losses_(tiles.group_count() * tiles.group_count()),
        last_report_(last_report) {}

  // False when stopped.
  bool Run() {
    const int worker_count =
        std::min(options_.thread_count, static_cast<int>(tiles_.group_count()));
    ParallelFor(worker_count, worker_count, [this](std::size_t) {
      try {
        while (const std::optional<TileSchedule::Tile> tile = schedule_.Take()) TrainTile(*tile);
      } catch (...) {
        schedule_.Stop();
        throw;
      }
    });
    if (stop_.load()) return false;
    // Added in the tiles' order: the order of their ends is not the same each time.
    const double loss = std::accumulate(tile_losses_.begin(), tile_losses_.end(), 0.0);
    state_.epoch_losses.push_back(loss / static_cast<double>(tiles_.record_count()));
    return true;
  }

 private:
  void TrainTile(const TileSchedule::Tile& tile) {
    const std::size_t row_floats = layout_.row_floats();
    const std::span<const PairRecord> records = tiles_.Records(tile.row, tile.column);
    const GloveTileRows rows{
        state_.word_rows.data() + row_floats * tiles_.GroupBegin(tile.row),
        state_.context_rows.data() + row_floats * tiles_.GroupBegin(tile.column),
        word_rates_.data(), context_rates_.data()};
    const GloveWeighting weighting{static_cast<float>(options_.x_max),
                                   static_cast<float>(options_.alpha)};
    const double loss = TrainRecords(layout_, rows, records, weighting);
    if (!std::isfinite(loss)) ThrowDiverged();
    tile_losses_[tile.row * tiles_.group_count() + tile.column] = loss;
    schedule_.Finish(tile);
    if (stop_.load(std::memory_order_relaxed)) schedule_.Stop();
    Report(records.size(), loss);
  }

  void Report(std::uint64_t record_count, double loss) {
    const std::lock_guard lock(mutex_);
    records_done_ += record_count;
    state_.records_trained += record_count;
    loss_ += loss;
    const double elapsed = std::chrono::duration<double>(Clock::now() - begin_).count();
    const bool is_last = state_.records_trained ==
                         static_cast<std::uint64_t>(options_.epoch_count) * tiles_.record_count();
    if (!progress_ || (!is_last && elapsed < last_report_ + kSecondsBetweenReports)) return;
    last_report_ = elapsed;
    GloveProgress report;
    const std::size_t epochs_before = state_.epoch_losses.size();
    const double in_epoch =
        static_cast<double>(records_done_) / static_cast<double>(tiles_.record_count());
    report.epoch = static_cast<int>(epochs_before) + 1;
    report.fraction_done = (static_cast<double>(epochs_before) + in_epoch) / options_.epoch_count;
    report.records_done = state_.records_trained;
    const auto here = static_cast<double>(
        report.records_done - static_cast<std::uint64_t>(first_epoch_) * tiles_.record_count());
    report.records_per_second = here / std::max(elapsed, 1e-9);
    report.loss = records_done_ == 0 ? std::nan("") : loss_ / static_cast<double>(records_done_);
    progress_(report);
  }

  const TrainingTiles& tiles_;
  const GloveOptions& options_;
  GloveState& state_;
  const GloveProgressCallback& progress_;
  const std::atomic<bool>& stop_;
  const Clock::time_point begin_;
  const int first_epoch_;
  const GloveRowLayout layout_;
  const AlignedMatrix word_rates_;
  const AlignedMatrix context_rates_;
  TileSchedule schedule_;
  std::vector<double> tile_losses_;

  std::mutex mutex_;  // guards what follows
  std::uint64_t records_done_ = 0;
  double loss_ = 0;
  double& last_report_;  // seconds since begin_, kept from epoch to epoch
};

}  // namespace

GloveState InitialGloveState(std::size_t word_count, const GloveOptions& options) {
  const GloveRowLayout layout(options.dimension);
  GloveState state;
  state.word_rows = AlignedMatrix(word_count, layout.row_floats());
  state.context_rows = AlignedMatrix(word_count, layout.row_floats());
  const std::size_t dimension = layout.dimension;
  DrawRows(state.word_rows, layout, dimension, dimension + 1, MixSeeds(options.seed, 1));
  DrawRows(state.context_rows, layout, dimension + 1, dimension, MixSeeds(options.seed, 2));
  return state;
}

std::uint64_t GloveStateBytes(std::size_t word_count, const GloveOptions& options) {
  return 2 * word_count * GloveRowLayout(options.dimension).row_floats() * sizeof(float);
}

bool GloveTrainer::TrainUntil(int end_epoch, GloveState& state,
                              const GloveProgressCallback& progress,
                              const std::atomic<bool>& stop) const {
  CheckGloveOptions(options_);
  RequireThreads(options_.thread_count);
  const Clock::time_point begin = Clock::now();
  double last_report = 0;
  const int first_epoch = static_cast<int>(state.epoch_losses.size());
  for (int epoch = first_epoch; epoch < end_epoch; ++epoch) {
    if (stop.load()) return false;
    if (!Epoch(tiles_, options_, state, progress, stop, begin, first_epoch, last_report).Run())
      return false;
  }
  return true;
}

AlignedMatrix VectorsOf(const GloveState& state, GloveVectors kind, const GloveOptions& options) {
  const GloveRowLayout layout(options.dimension);
  AlignedMatrix vectors(state.word_rows.row_count(), options.dimension);
  for (std::size_t row = 0; row < vectors.row_count(); ++row) {
    const std::span<float> vector = vectors.Row(row);
    for (std::size_t column = 0; column < vector.size(); ++column) {
      const std::size_t place = GloveRowLayout::ValueAt(column);
      if (kind != GloveVectors::kContext) vector[column] += state.word_rows.Row(row)[place];
      if (kind != GloveVectors::kWord) vector[column] += state.context_rows.Row(row)[place];
    }
    if (!AllFinite(vector)) ThrowDiverged();
  }
  return vectors;
}

}  // namespace wordkin::train
