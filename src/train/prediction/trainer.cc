#include "train/prediction/trainer.h"

#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <mutex>
#include <span>
#include <string>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/support/thread_check.h"
#include "train/prediction/block_schedule.h"
#include "train/prediction/negative_sampler.h"
#include "train/prediction/objective.h"
#include "train/prediction/subsampler.h"

namespace wordkin::train {
namespace {

// The learning rate does not fall below this share of its start.
constexpr double kLearningRateFloor = 1e-4;
// A mean loss this many times that of guessing means that the run has left the road.
constexpr double kDivergedFactor = 20;
constexpr double kSecondsBetweenReports = 1.0 / 6;
// Blocks a thread draws from one part of the sampler before all threads move on by one: long
// enough to warm the caches, short enough for hundreds of rounds in a run.
constexpr std::uint64_t kBlocksPerPartition = 8;
// A part of the sampler smaller than this would make its words' draws too clustered in time.
constexpr std::size_t kWordsPerPartition = 4096;

[[noreturn]] void ThrowDiverged() {
  throw Error(ErrorKind::kUsage,
              "training diverged: the loss is no longer a sensible number, and nothing was "
              "written; try again with a lower --learning-rate");
}

std::size_t PartitionCount(std::size_t vocabulary_size, int thread_count) {
  return std::clamp<std::size_t>(vocabulary_size / kWordsPerPartition, 1, thread_count);
}

void DrawInitialRows(AlignedMatrix& rows, const TrainingOptions& options) {
#pragma omp parallel for num_threads(options.thread_count) schedule(static)
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    Random random(MixSeeds(~options.seed, row));
    for (float& value : rows.Row(row)) {
      value = (random.NextFloat() - 0.5f) / static_cast<float>(rows.dimension());
    }
  }
}

class Run {
 public:
  Run(const EncodedCorpus& corpus, const TrainingOptions& options, const ProgressCallback& progress,
      const std::atomic<bool>& stop)
      : corpus_(corpus),
        options_(options),
        progress_(progress),
        stop_(stop),
        input_rows_(corpus.vocabulary.size(), options.dimension),
        output_rows_(corpus.vocabulary.size(), options.dimension),
        sampler_(corpus.vocabulary, PartitionCount(corpus.vocabulary.size(), options.thread_count)),
        subsampler_(corpus.vocabulary, options.subsample_threshold),
        schedule_(corpus.ids.ids().size(), options.epoch_count, options.seed),
        train_block_(options.model == Model::kCbow ? CbowObjective() : SkipGramObjective()),
        epoch_losses_(options.epoch_count) {
    DrawInitialRows(input_rows_, options);
  }

  TrainingResult Finish() {
#pragma omp parallel num_threads(options_.thread_count)
    TrainThread(static_cast<std::size_t>(omp_get_thread_num()));
    if (failure_) std::rethrow_exception(failure_);
    for (std::size_t row = 0; row < input_rows_.row_count(); ++row) {
      if (!AllFinite(input_rows_.Row(row))) ThrowDiverged();
    }
    TrainingResult result;
    result.words_done = WordsDone();
    result.elapsed_seconds = ElapsedSeconds();
    result.interrupted = ids_done_ < corpus_.ids.ids().size() * epoch_losses_.size();
    for (int epoch = 0; epoch < epochs_begun_; ++epoch) {
      result.epoch_losses.push_back(MeanLoss(epoch_losses_[epoch]));
    }
    result.rows = std::move(input_rows_);
    return result;
  }

 private:
  // No exception may leave an OpenMP region: the first one is kept, and the other threads stop.
  void TrainThread(std::size_t thread) {
    try {
      ThreadState state;
      std::vector<WordId> words;
      while (!stop_.load(std::memory_order_relaxed) && !failed_.load(std::memory_order_relaxed)) {
        const std::optional<Block> block = schedule_.Next();
        if (!block) break;
        TrainOne(*block, thread, words, state);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      failed_ = true;
    }
  }

  void TrainOne(const Block& block, std::size_t thread, std::vector<WordId>& words,
                ThreadState& state) {
    state.random = Random(MixSeeds(options_.seed, block.sequence));
    state.partition = (block.sequence / kBlocksPerPartition + thread) % sampler_.partition_count();
    state.loss = {};
    const auto ids = corpus_.ids.ids().subspan(block.begin, block.end - block.begin);
    words.clear();
    for (const WordId id : ids) {
      if (id == kSentenceEnd || subsampler_.Keeps(id, state.random)) words.push_back(id);
    }
    const double share_left = std::max(1 - block.fraction_done, kLearningRateFloor);
    const auto learning_rate = static_cast<float>(options_.learning_rate * share_left);
    train_block_({input_rows_, output_rows_, sampler_, options_}, words, learning_rate, state);
    Report(block, learning_rate, state.loss, ids.size());
  }

  void Report(const Block& block, double learning_rate, const LossSample& loss,
              std::size_t id_count) {
    const std::lock_guard lock(mutex_);
    ids_done_ += id_count;
    epochs_begun_ = std::max(epochs_begun_, block.epoch + 1);
    for (LossSample* const sum : {&epoch_losses_[block.epoch], &recent_loss_}) {
      sum->sum += loss.sum;
      sum->pair_count += loss.pair_count;
    }
    // False for the mean of nothing.
    if (!std::isfinite(loss.sum) || MeanLoss(loss) > kDivergedFactor * GuessingLoss()) {
      ThrowDiverged();
    }
    const double elapsed = ElapsedSeconds();
    const bool is_last = ids_done_ == corpus_.ids.ids().size() * epoch_losses_.size();
    if (!progress_ || (!is_last && elapsed < last_report_ + kSecondsBetweenReports)) return;
    last_report_ = elapsed;
    TrainingProgress report;
    report.epoch = block.epoch + 1;
    report.fraction_done = FractionDone();
    report.words_done = WordsDone();
    report.elapsed_seconds = elapsed;
    report.words_per_second = static_cast<double>(report.words_done) / std::max(elapsed, 1e-9);
    report.loss = MeanLoss(recent_loss_);
    report.learning_rate = learning_rate;
    recent_loss_ = {};
    progress_(report);
  }

  static double MeanLoss(const LossSample& loss) {
    return loss.pair_count == 0 ? std::nan("") : loss.sum / static_cast<double>(loss.pair_count);
  }
  double GuessingLoss() const { return (options_.negative_count + 1) * std::log(2.0); }
  double FractionDone() const {
    return static_cast<double>(ids_done_) /
           (static_cast<double>(corpus_.ids.ids().size()) * options_.epoch_count);
  }
  std::uint64_t WordsDone() const {
    return static_cast<std::uint64_t>(FractionDone() * static_cast<double>(corpus_.word_count) *
                                      options_.epoch_count);
  }
  double ElapsedSeconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }

  const EncodedCorpus& corpus_;
  const TrainingOptions& options_;
  const ProgressCallback& progress_;
  const std::atomic<bool>& stop_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  AlignedMatrix input_rows_;
  AlignedMatrix output_rows_;
  NegativeSampler sampler_;
  Subsampler subsampler_;
  BlockSchedule schedule_;
  TrainBlock train_block_;

  std::mutex mutex_;  // guards what follows
  std::vector<LossSample> epoch_losses_;
  LossSample recent_loss_;
  std::uint64_t ids_done_ = 0;
  int epochs_begun_ = 0;
  double last_report_ = 0;
  std::exception_ptr failure_;
  std::atomic<bool> failed_{false};
};

}  // namespace

std::uint64_t TrainingMemoryBytes(std::size_t vocabulary_size, const TrainingOptions& options) {
  const std::uint64_t row_bytes = (options.dimension + 15) / 16 * 64;
  constexpr std::uint64_t kBytesPerWordBeside = 16;  // the sampler's slots and the subsampler's
  return vocabulary_size * (2 * row_bytes + kBytesPerWordBeside);
}

TrainingResult Train(const EncodedCorpus& corpus, const TrainingOptions& options,
                     const ProgressCallback& progress, const std::atomic<bool>& stop) {
  CheckTrainingOptions(options);
  RequireThreads(options.thread_count);
  if (corpus.vocabulary.size() < 2) {
    throw Error(ErrorKind::kUsage,
                "cannot train on a vocabulary of one word: give more text or a lower --min-count");
  }
  return Run(corpus, options, progress, stop).Finish();
}

}  // namespace wordkin::train
