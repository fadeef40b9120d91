#include "train/glove/glove_trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <mutex>
#include <numeric>
#include <optional>
#include <vector>

#include "common/support/error.h"
#include "common/support/parallel_for.h"
#include "common/support/random.h"
#include "common/support/thread_check.h"
#include "train/glove/glove_kernel.h"
#include "train/glove/tile_schedule.h"
#include "train/run/divergence.h"

namespace wordkin::train {
namespace {

constexpr double kSecondsBetweenReports = 1.0 / 6;

// The vector learns at 'learning_rate', the bias at 1 as in the original, the rest not at all.
AlignedMatrix RatesOfColumns(const GloveRowLayout& layout, std::size_t bias_column,
                             float learning_rate) {
  AlignedMatrix rates(1, GloveRowLayout::kLine * layout.line_count);
  std::fill_n(rates.data(), layout.dimension, learning_rate);
  rates.data()[bias_column] = 1;
  return rates;
}

// Records of the epoch at hand.
std::uint64_t RecordsInEpoch(const GloveState& state, std::uint64_t records_per_epoch) {
  return state.records_trained - state.epoch_losses.size() * records_per_epoch;
}

// What lasts from one call of Train to its end.
struct Stretch {
  const ProgressCallback& progress;
  std::function<bool()> must_pause;
  std::function<double()> elapsed_seconds;  // of the run
  double last_report;
};

// The rounds of an epoch that are left, or some of them.
class Epoch {
 public:
  Epoch(const TrainingTiles& tiles, const GloveOptions& options, GloveState& state,
        Stretch& stretch)
      : tiles_(tiles),
        options_(options),
        state_(state),
        stretch_(stretch),
        layout_(options.dimension),
        word_rates_(RatesOfColumns(layout_, layout_.dimension, options.learning_rate)),
        context_rates_(RatesOfColumns(layout_, layout_.dimension + 1, options.learning_rate)),
        schedule_(tiles.group_count(), MixSeeds(options.seed, state.epoch_losses.size()),
                  state.rounds_done),
        tile_losses_(tiles.group_count() * tiles.group_count()),
        loss_(state.loss_sum) {}

  void Run() {
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
    // Added round by round: the order of the tiles' ends is not the same each time.
    const auto losses =
        std::span(tile_losses_).first(tiles_.group_count() * schedule_.rounds_done());
    const auto earlier = tiles_.group_count() * state_.rounds_done;
    state_.loss_sum = std::accumulate(losses.begin() + static_cast<std::ptrdiff_t>(earlier),
                                      losses.end(), state_.loss_sum);
    state_.rounds_done = schedule_.rounds_done();
    if (state_.rounds_done < tiles_.group_count()) return;
    state_.epoch_losses.push_back(state_.loss_sum / static_cast<double>(tiles_.record_count()));
    state_.rounds_done = 0;
    state_.loss_sum = 0;
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
    tile_losses_[tile.round * tiles_.group_count() + tile.row] = loss;
    if (stretch_.must_pause()) schedule_.EndAfterRound();
    schedule_.Finish(tile);
    Report(records.size(), loss);
  }

  void Report(std::uint64_t record_count, double loss) {
    const std::lock_guard lock(mutex_);
    state_.records_trained += record_count;
    loss_ += loss;
    const double elapsed = stretch_.elapsed_seconds();
    const bool is_last = state_.records_trained ==
                         static_cast<std::uint64_t>(options_.epoch_count) * tiles_.record_count();
    if (!stretch_.progress) return;
    if (!is_last && elapsed < stretch_.last_report + kSecondsBetweenReports) return;
    stretch_.last_report = elapsed;
    const std::uint64_t in_epoch = RecordsInEpoch(state_, tiles_.record_count());
    TrainingProgress report;
    report.epoch = static_cast<int>(state_.epoch_losses.size()) + 1;
    report.fraction_done = static_cast<double>(state_.records_trained) /
                           static_cast<double>(tiles_.record_count()) / options_.epoch_count;
    report.amount_done = state_.records_trained;
    report.elapsed_seconds = elapsed;
    report.amount_per_second = static_cast<double>(report.amount_done) / std::max(elapsed, 1e-9);
    report.loss = in_epoch == 0 ? std::nan("") : loss_ / static_cast<double>(in_epoch);
    report.learning_rate = options_.learning_rate;
    report.epoch_losses = state_.epoch_losses;
    stretch_.progress(report);
  }

  const TrainingTiles& tiles_;
  const GloveOptions& options_;
  GloveState& state_;
  Stretch& stretch_;
  const GloveRowLayout layout_;
  const AlignedMatrix word_rates_;
  const AlignedMatrix context_rates_;
  TileSchedule schedule_;
  std::vector<double> tile_losses_;  // round by round, in each by row

  std::mutex mutex_;  // guards what follows and state_.records_trained
  double loss_;
};

}  // namespace

GloveTrainer::GloveTrainer(const TrainingTiles& tiles, const GloveOptions& options)
    : tiles_(tiles), options_(options) {
  CheckGloveOptions(options);
  RequireThreads(options.thread_count);
}

Pause GloveTrainer::Train(const PauseAt& pause_at, GloveState& state,
                          const ProgressCallback& progress, const std::atomic<bool>& stop) const {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - begin).count(); };
  const double seconds_before = state.elapsed_seconds;
  const auto must_pause = [&] {
    return stop.load(std::memory_order_relaxed) || seconds() >= pause_at.seconds;
  };
  Stretch stretch{progress, must_pause, [&] { return seconds_before + seconds(); }, seconds_before};
  const auto epoch_count = static_cast<std::size_t>(options_.epoch_count);
  while (state.epoch_losses.size() < epoch_count) {
    if (stop.load()) return Pause::kStopped;
    Epoch(tiles_, options_, state, stretch).Run();
    state.elapsed_seconds = stretch.elapsed_seconds();
    const bool is_epoch_end = state.rounds_done == 0;
    if (state.epoch_losses.size() == epoch_count) break;
    if (is_epoch_end && pause_at.epoch_end) return Pause::kEpochEnd;
    if (stop.load()) return Pause::kStopped;
    if (!is_epoch_end || must_pause()) return Pause::kTimeUp;
  }
  return Pause::kFinished;
}

TrainingSummary GloveTrainer::Summary(const GloveState& state) const {
  TrainingSummary summary;
  summary.epoch_losses = state.epoch_losses;
  if (state.rounds_done > 0) {
    const std::uint64_t records = RecordsInEpoch(state, tiles_.record_count());
    summary.epoch_losses.push_back(state.loss_sum / static_cast<double>(records));
  }
  summary.amount_done = state.records_trained;
  summary.elapsed_seconds = state.elapsed_seconds;
  summary.interrupted = state.epoch_losses.size() < static_cast<std::size_t>(options_.epoch_count);
  return summary;
}

void GloveTrainer::CheckState(const GloveState& state) const {
  const std::uint64_t records = tiles_.record_count();
  const std::uint64_t epochs = state.epoch_losses.size();
  const bool is_amid = state.rounds_done > 0;
  if (epochs + (is_amid ? 1 : 0) <= static_cast<std::uint64_t>(options_.epoch_count) &&
      state.rounds_done < tiles_.group_count() && state.records_trained >= epochs * records &&
      state.records_trained <= (epochs + (is_amid ? 1 : 0)) * records &&
      std::isfinite(state.loss_sum) && state.elapsed_seconds >= 0) {
    return;
  }
  throw Error(ErrorKind::kDamaged, "cannot go on: the state kept is not one of this run");
}

}  // namespace wordkin::train
