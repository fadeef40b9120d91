#include "train/prediction/trainer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/support/thread_check.h"
#include "train/prediction/hogwild_training.h"
#include "train/prediction/lockstep_training.h"
#include "train/prediction/take_rows.h"
#include "train/run/divergence.h"

namespace wordkin::train {
namespace {

// Each part of the sampler lists the common words again.
constexpr std::size_t kMostParts = 64;

// Threads or shards draw their negatives from different parts of the vocabulary. Threads do not
// keep step with each other: with more parts than threads two seldom meet in one.
NegativeSampler::Parts SamplerParts(const TrainingOptions& options) {
  if (!options.reproducible && options.thread_count == 1) return {};
  // A centre predicts its contexts, of whom there are this many on average, or is predicted itself.
  const bool centre_predicts = options.subwords && options.model == Model::kSkipGram;
  const double predictions_in_step = centre_predicts ? options.window_radius + 1 : 1;
  const double draws_in_step = predictions_in_step * options.negative_count;
  if (options.reproducible) {
    return {kShardCount, draws_in_step * static_cast<double>(StepsPerRound(options))};
  }
  return {std::min(2 * static_cast<std::size_t>(options.thread_count), kMostParts),
          draws_in_step * kStepsPerDraft};
}

// Ends at the first two words side by side: at once, for any text of use.
bool HasNeighbors(std::span<const WordId> ids) {
  return std::ranges::adjacent_find(ids, [](WordId word, WordId next) {
           return word != kSentenceEnd && next != kSentenceEnd;
         }) != ids.end();
}

const TrainingOptions& Checked(const TrainingOptions& options, const EncodedCorpus& corpus) {
  CheckTrainingOptions(options);
  RequireThreads(options.thread_count);
  RequireTwoWords(corpus.vocabulary);
  if (!HasNeighbors(corpus.ids.ids())) {
    throw Error(ErrorKind::kUsage,
                "no two words of the vocabulary stand in one line, so that none has a context to "
                "learn from; give text with several words a line or a lower --min-count");
  }
  return options;
}

}  // namespace

std::uint64_t TrainingMemoryBytes(std::size_t vocabulary_size, const TrainingOptions& options) {
  const std::uint64_t row_bytes = AlignedMatrix::ByteCount(1, options.dimension);
  constexpr std::uint64_t kBytesPerWordBeside = 16;  // the sampler's slots and the subsampler's
  // SubwordRows looks up which buckets are in use, and the row of each.
  const std::uint64_t bucket_count = options.subwords ? options.subwords->bucket_count : 0;
  return vocabulary_size * (2 * row_bytes + kBytesPerWordBeside) + bucket_count * sizeof(RowId) +
         bucket_count / 8;
}

Trainer::Trainer(const EncodedCorpus& corpus, const TrainingOptions& options)
    : corpus_(corpus),
      options_(Checked(options, corpus)),
      model_(corpus.vocabulary, options_, SamplerParts(options)),
      schedule_(corpus.ids.ids().size(), options.epoch_count, options.seed),
      monitor_({corpus.ids.ids().size(), corpus.word_count, options.epoch_count,
                model_.GuessingLoss()}) {}

Pause Trainer::Train(const PauseAt& pause_at, const ProgressCallback& progress,
                     const std::atomic<bool>& stop) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  const auto is_time_up = [&] {
    return std::chrono::duration<double>(Clock::now() - begin).count() >= pause_at.seconds;
  };
  // The first to ask goes on, so that each stretch gets somewhere, however short it is.
  std::atomic<bool> is_first{true};
  const std::function<bool()> pause = [&] {
    return stop.load(std::memory_order_relaxed) || (!is_first.exchange(false) && is_time_up());
  };
  const std::uint64_t per_epoch = schedule_.blocks_per_epoch();
  const std::uint64_t end =
      pause_at.epoch_end ? (position_ / per_epoch + 1) * per_epoch : schedule_.block_count();
  monitor_.Resume(&progress);
  const TrainingStretch stretch = {schedule_, corpus_.ids.ids(), position_, end, pause};
  position_ = options_.reproducible ? TrainLockstep(model_, stretch, monitor_)
                                    : TrainHogwild(model_, stretch, monitor_);
  if (position_ == schedule_.block_count()) return Pause::kFinished;
  if (position_ == end) return Pause::kEpochEnd;
  return stop.load() ? Pause::kStopped : Pause::kTimeUp;
}

TrainingSummary Trainer::summary() const {
  TrainingSummary summary;
  const std::uint64_t per_epoch = schedule_.blocks_per_epoch();
  for (std::uint64_t epoch = 0; epoch * per_epoch < position_; ++epoch) {
    summary.epoch_losses.push_back(MeanLoss(monitor_.epoch_losses()[epoch]));
  }
  summary.amount_done = monitor_.words_done();
  summary.elapsed_seconds = monitor_.elapsed_seconds();
  summary.interrupted = position_ < schedule_.block_count();
  return summary;
}

void Trainer::CheckRows() {
  ModelRows& rows = model_.rows();
  for (const AlignedMatrix* const matrix : {&rows.words, &rows.buckets, &rows.outputs}) {
    for (std::size_t row = 0; row < matrix->row_count(); ++row) {
      if (!AllFinite(matrix->Row(row))) ThrowDiverged();
    }
  }
}

EmbeddingTable Trainer::TakeTable() {
  EmbeddingTable table;
  ModelRows& rows = model_.rows();
  if (const SubwordRows* const subwords = model_.subwords()) {
    table.rows = model_.ComposeRows();
    table.subwords = SubwordTable{*options_.subwords, subwords->buckets(), std::move(rows.buckets)};
    table.word_rows = std::move(rows.words);
  } else {
    table.rows = std::move(rows.words);
  }
  table.output_rows = std::move(rows.outputs);
  return table;
}

void Trainer::PutBack(EmbeddingTable table) {
  ModelRows& rows = model_.rows();
  if (table.subwords) rows.buckets = std::move(table.subwords->rows);
  rows.words = std::move(table.subwords ? table.word_rows : table.rows);
  rows.outputs = std::move(table.output_rows);
}

void Trainer::ShowTable(const std::function<void(const EmbeddingTable&)>& use) {
  CheckRows();
  EmbeddingTable table = TakeTable();
  table.vocabulary = corpus_.vocabulary;
  try {
    use(table);
  } catch (...) {
    PutBack(std::move(table));
    throw;
  }
  PutBack(std::move(table));
}

TrainingState Trainer::state() const {
  std::vector<LossSample> losses = monitor_.epoch_losses();
  losses.resize(std::min<std::size_t>(losses.size(), epochs_done() + 1));
  std::vector<float> weights;
  const AlignedMatrix& positions = model_.rows().positions;
  for (std::size_t place = 0; place < positions.row_count(); ++place) {
    weights.insert(weights.end(), positions.Row(place).begin(), positions.Row(place).end());
  }
  return {position_, monitor_.ids_done(), monitor_.elapsed_seconds(), std::move(weights),
          std::move(losses)};
}

void Trainer::TakeRows(const EmbeddingStore& store, TakenRows taken) {
  train::TakeRows(store, corpus_.vocabulary, options_, taken, model_);
}

void Trainer::Restore(const TrainingState& state) {
  if (state.position > schedule_.block_count() ||
      state.ids_done > corpus_.ids.ids().size() * options_.epoch_count ||
      state.epoch_losses.size() > static_cast<std::size_t>(options_.epoch_count) ||
      state.position_weights.size() !=
          model_.rows().positions.row_count() * model_.rows().positions.dimension() ||
      !AllFinite(state.position_weights) || !(state.elapsed_seconds >= 0)) {
    throw Error(ErrorKind::kDamaged, "cannot go on: the state kept is not one of this run");
  }
  AlignedMatrix& positions = model_.rows().positions;
  for (std::size_t place = 0; place < positions.row_count(); ++place) {
    std::copy_n(state.position_weights.begin() + place * options_.dimension, options_.dimension,
                positions.Row(place).begin());
  }
  position_ = state.position;
  monitor_.Restore(state.epoch_losses, state.ids_done, state.elapsed_seconds);
}

EmbeddingTable Trainer::Finish() {
  CheckRows();
  return TakeTable();
}

TrainingResult Train(const EncodedCorpus& corpus, const TrainingOptions& options,
                     const ProgressCallback& progress, const std::atomic<bool>& stop) {
  Trainer trainer(corpus, options);
  trainer.Train({}, progress, stop);
  return {trainer.summary(), trainer.Finish()};
}

}  // namespace wordkin::train
