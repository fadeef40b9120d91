#include "train/prediction/training_monitor.h"

#include <algorithm>
#include <cmath>

#include "train/run/divergence.h"

namespace wordkin::train {
namespace {

// A mean loss this many times that of guessing means that the run has left the road.
constexpr double kDivergedFactor = 20;
constexpr double kSecondsBetweenReports = 1.0 / 6;

void Add(const LossSample& loss, LossSample& sum) {
  sum.sum += loss.sum;
  sum.pair_count += loss.pair_count;
}

}  // namespace

double MeanLoss(const LossSample& loss) {
  return loss.pair_count == 0 ? std::nan("") : loss.sum / static_cast<double>(loss.pair_count);
}

TrainingMonitor::TrainingMonitor(const Scale& scale)
    : scale_(scale), epoch_losses_(scale.epoch_count), epoch_ids_(scale.epoch_count) {}

void TrainingMonitor::Resume(const ProgressCallback* progress) {
  seconds_before_ = ids_done_ == 0 ? 0 : elapsed_seconds();
  resumed_ = Clock::now();
  progress_ = progress;
}

void TrainingMonitor::Restore(std::vector<LossSample> epoch_losses, std::uint64_t ids_done,
                              double seconds) {
  epoch_losses.resize(scale_.epoch_count);
  epoch_losses_ = std::move(epoch_losses);
  ids_done_ = ids_done;
  // Blocks before a checkpoint are done, and none behind it.
  for (std::uint64_t& ids : epoch_ids_) {
    ids = std::min(ids_done, scale_.ids_per_epoch);
    ids_done -= ids;
  }
  CloseEpochs();
  seconds_before_ = seconds;
  resumed_ = Clock::now();
}

void TrainingMonitor::AddBlock(const Block& block, const LossSample& loss, double learning_rate) {
  const std::lock_guard lock(mutex_);
  ids_done_ += block.end - block.begin;
  epoch_ids_[block.epoch] += block.end - block.begin;
  Add(loss, epoch_losses_[block.epoch]);
  Add(loss, recent_loss_);
  // False for the mean of nothing.
  if (!std::isfinite(loss.sum) || MeanLoss(loss) > kDivergedFactor * scale_.guessing_loss) {
    ThrowDiverged();
  }
  CloseEpochs();
  Report(block, learning_rate);
}

void TrainingMonitor::CloseEpochs() {
  for (std::size_t epoch = whole_losses_.size();
       epoch < epoch_ids_.size() && epoch_ids_[epoch] == scale_.ids_per_epoch; ++epoch) {
    whole_losses_.push_back(MeanLoss(epoch_losses_[epoch]));
  }
}

void TrainingMonitor::Report(const Block& block, double learning_rate) {
  const double elapsed = elapsed_seconds();
  const bool is_last = ids_done_ == scale_.ids_per_epoch * scale_.epoch_count;
  if (progress_ == nullptr || !*progress_) return;
  if (!is_last && elapsed < last_report_ + kSecondsBetweenReports) return;
  last_report_ = elapsed;
  TrainingProgress report;
  report.epoch = block.epoch + 1;
  report.fraction_done = FractionDone();
  report.amount_done = words_done();
  report.elapsed_seconds = elapsed;
  report.amount_per_second = static_cast<double>(report.amount_done) / std::max(elapsed, 1e-9);
  report.loss = MeanLoss(recent_loss_);
  report.learning_rate = learning_rate;
  report.epoch_losses = whole_losses_;
  recent_loss_ = {};
  (*progress_)(report);
}

double TrainingMonitor::FractionDone() const {
  return static_cast<double>(ids_done_) /
         (static_cast<double>(scale_.ids_per_epoch) * scale_.epoch_count);
}

std::uint64_t TrainingMonitor::words_done() const {
  return static_cast<std::uint64_t>(FractionDone() * static_cast<double>(scale_.words_per_epoch) *
                                    scale_.epoch_count);
}

double TrainingMonitor::elapsed_seconds() const {
  return seconds_before_ + std::chrono::duration<double>(Clock::now() - resumed_).count();
}

}  // namespace wordkin::train
