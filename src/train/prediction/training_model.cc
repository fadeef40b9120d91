#include "train/prediction/training_model.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "common/support/random.h"

namespace wordkin::train {
namespace {

// The learning rate does not fall below this share of its start.
constexpr double kLearningRateFloor = 1e-4;

// A row begins with values of up to this / dimension on either side of zero. word2vec's 0.5 and
// fastText's 1 learn more slowly at first, since the outputs begin at zero; docs/training.md has
// the measurement.
constexpr float kWordSpread = 8;
constexpr float kSubwordSpread = 2;

// Draws rows whose first one is number 'first' of the model.
void DrawRows(AlignedMatrix& rows, std::size_t first, const TrainingOptions& options) {
  const float spread = options.subwords ? kSubwordSpread : kWordSpread;
  const float factor = 2 * spread / static_cast<float>(rows.dimension());
#pragma omp parallel for num_threads(options.thread_count) schedule(static)
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    Random random(MixSeeds(~options.seed, first + row));
    for (float& value : rows.Row(row)) value = (random.NextFloat() - 0.5f) * factor;
  }
}

TrainDraft ChooseTraining(const TrainingOptions& options) {
  if (options.has_position_weights) return TrainWeightedLayer;
  return options.model == Model::kSkipGram && !options.subwords ? TrainPairs : TrainHiddenLayer;
}

double ShareLeft(Schedule schedule, double fraction_done) {
  switch (schedule) {
    case Schedule::kLinear:
      break;
    case Schedule::kCosine:
      return (1 + std::cos(std::numbers::pi * fraction_done)) / 2;
    case Schedule::kQuadratic:
      return (1 - fraction_done) * (1 - fraction_done);
  }
  return 1 - fraction_done;
}

}  // namespace

TrainingModel::TrainingModel(const Vocabulary& vocabulary, const TrainingOptions& options,
                             const NegativeSampler::Parts& sampler_parts)
    : vocabulary_(vocabulary),
      options_(options),
      subsampler_(vocabulary, options.subsample_threshold),
      train_draft_(ChooseTraining(options)) {
  if (options.loss == Loss::kNegativeSampling) {
    sampler_.emplace(vocabulary, options.negative_exponent, sampler_parts);
  } else {
    tree_.emplace(vocabulary);
  }
  std::size_t word_row_count = vocabulary.size();
  if (options.subwords) {
    subwords_.emplace(vocabulary, *options.subwords);
    word_row_count = subwords_->word_row_count();
    rows_.buckets = AlignedMatrix(subwords_->buckets().size(), options.dimension);
  }
  rows_.words = AlignedMatrix(word_row_count, options.dimension);
  if (options.has_position_weights) {
    rows_.positions = AlignedMatrix(2 * options.window_radius, options.dimension);
    for (std::size_t place = 0; place < rows_.positions.row_count(); ++place) {
      std::ranges::fill(rows_.positions.Row(place), 1.0f);
    }
  }
  rows_.outputs = AlignedMatrix(vocabulary.size(), options.dimension);
  DrawRows(rows_.words, 0, options);
  DrawRows(rows_.buckets, rows_.words.row_count(), options);
}

std::unique_ptr<Drafter> TrainingModel::MakeDrafter() const {
  return train::MakeDrafter({options_, sampler_ ? &*sampler_ : nullptr, tree_ ? &*tree_ : nullptr,
                             subwords(), static_cast<RowId>(rows_.first_position())});
}

float TrainingModel::LearningRateAt(const Block& block) const {
  const double share_left =
      std::max(ShareLeft(options_.schedule, block.fraction_done), kLearningRateFloor);
  return static_cast<float>(options_.learning_rate * share_left);
}

double TrainingModel::GuessingLoss() const {
  const double comparisons = tree_ ? tree_->mean_path_length() : options_.negative_count + 1;
  return comparisons * std::log(2.0);
}

AlignedMatrix TrainingModel::ComposeRows() {
  AlignedMatrix composed(vocabulary_.size(), options_.dimension);
#pragma omp parallel for num_threads(options_.thread_count) schedule(static)
  for (WordId word = 0; word < vocabulary_.size(); ++word) {
    const RowId own_row = word;
    const std::span<const RowId> ids =
        subwords_ ? subwords_->RowsOf(word) : std::span<const RowId>(&own_row, 1);
    const std::span<float> row = composed.Row(word);
    for (const RowId id : ids) {
      const float* const input = rows_.Input(id);
      for (std::size_t column = 0; column < row.size(); ++column) row[column] += input[column];
    }
    const float share = 1.0f / static_cast<float>(ids.size());
    for (float& value : row) value *= share;
  }
  return composed;
}

}  // namespace wordkin::train
