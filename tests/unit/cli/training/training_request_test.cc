#include "cli/training/training_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "cli/command_table.h"
#include "cli/numbers.h"
#include "common/support/error.h"
#include "train/prediction/trainer.h"

namespace wordkin::cli {
namespace {

using testing::HasSubstr;

const Option& TrainOption(std::string_view name) {
  for (const Option& option : FindCommand("train").options) {
    if (option.name == name) return option;
  }
  throw Error(ErrorKind::kInternal, "no such option");
}

// The options with one of them set to 'value'.
train::TrainingOptions With(std::string_view name, double value) {
  train::TrainingOptions options;
  if (name == "dimension") options.dimension = static_cast<std::size_t>(value);
  if (name == "window") options.window_radius = static_cast<int>(value);
  if (name == "negative") options.negative_count = static_cast<int>(value);
  if (name == "negative-exponent") options.negative_exponent = value;
  if (name == "subsample") options.subsample_threshold = value;
  if (name == "epochs") options.epoch_count = static_cast<int>(value);
  if (name == "learning-rate") options.learning_rate = static_cast<float>(value);
  if (name == "threads") options.thread_count = static_cast<int>(value);
  return options;
}

// So that a value is refused with the option's name and range, before any work.
TEST(TrainingRequest, TheTableHasTheRangesOfTheTrainer) {
  for (const std::string_view name : {"dimension", "window", "negative", "negative-exponent",
                                      "subsample", "epochs", "learning-rate", "threads"}) {
    SCOPED_TRACE(name);
    const Option& option = TrainOption(name);
    const double step = option.kind == ValueKind::kInteger ? 1 : option.highest * 1e-3;
    // A little above it, since the trainer's float32 may lie a little below.
    EXPECT_NO_THROW(train::CheckTrainingOptions(With(name, option.lowest * (1 + 1e-6))));
    EXPECT_NO_THROW(train::CheckTrainingOptions(With(name, option.highest)));
    EXPECT_THROW(train::CheckTrainingOptions(With(name, option.highest + step)), Error);
    if (option.lowest >= step) {
      EXPECT_THROW(train::CheckTrainingOptions(With(name, option.lowest - step)), Error);
    }
  }
}

TEST(TrainingRequest, TheTableHasTheRangesOfGlove) {
  const auto refuses = [](auto change) {
    train::GloveOptions options;
    change(options);
    EXPECT_THROW(train::CheckGloveOptions(options), Error);
  };
  const Option& x_max = TrainOption("x-max");
  const Option& alpha = TrainOption("alpha");
  train::GloveOptions options;
  options.x_max = x_max.lowest;
  options.alpha = alpha.highest;
  EXPECT_NO_THROW(train::CheckGloveOptions(options));
  options.x_max = x_max.highest;
  options.alpha = alpha.lowest;
  EXPECT_NO_THROW(train::CheckGloveOptions(options));
  refuses([&](auto& o) { o.x_max = x_max.lowest * 0.9; });
  refuses([&](auto& o) { o.x_max = x_max.highest * 1.1; });
  refuses([&](auto& o) { o.alpha = alpha.highest * 1.1; });
}

TEST(TrainingRequest, TheTableHasTheDefaultsOfTheTrainer) {
  const train::TrainingOptions defaults;
  const Arguments arguments(FindCommand("train"), {"skipgram", "corpus.txt", "-o", "v.kin"});
  EXPECT_EQ(arguments.Integer("dimension"), defaults.dimension);
  const train::GloveOptions glove;
  EXPECT_EQ(arguments.Text("window"), std::to_string(defaults.window_radius) + ", glove " +
                                          std::to_string(glove.window_radius));
  EXPECT_EQ(arguments.Int("negative"), defaults.negative_count);
  EXPECT_EQ(arguments.Real("subsample"), defaults.subsample_threshold);
  EXPECT_EQ(arguments.Text("epochs"),
            std::to_string(defaults.epoch_count) + ", glove " + std::to_string(glove.epoch_count));
  EXPECT_EQ(arguments.Real("x-max"), glove.x_max);
  EXPECT_EQ(arguments.Real("alpha"), glove.alpha);
  EXPECT_EQ(arguments.Integer("seed"), defaults.seed);
  EXPECT_EQ(arguments.Integer("min-count"), train::CorpusOptions().min_count);
  EXPECT_EQ(arguments.Integer("max-vocabulary"), train::CorpusOptions().max_vocabulary);
}

TEST(TrainingRequest, TheTableTellsTheDefaultLearningRateOfEachModel) {
  const std::string other = ShortNumber(train::GloveOptions().learning_rate);
  EXPECT_EQ(ShortNumber(train::DefaultLearningRate(train::Model::kCbow, false)), other);
  EXPECT_EQ(ShortNumber(train::DefaultLearningRate(train::Model::kSkipGram, true)), other);
  EXPECT_EQ(TrainOption("learning-rate").default_value,
            other + ", skipgram " +
                ShortNumber(train::DefaultLearningRate(train::Model::kSkipGram, false)));
}

TEST(TrainingRequest, TheTableTellsTheDefaultNegativeExponentOfEachModel) {
  EXPECT_EQ(train::TrainingOptions().negative_exponent, train::DefaultNegativeExponent(false));
  EXPECT_EQ(TrainOption("negative-exponent").default_value,
            ShortNumber(train::DefaultNegativeExponent(false)) + ", subwords " +
                ShortNumber(train::DefaultNegativeExponent(true)));
}

TEST(TrainingRequest, ARunThatCannotFitIntoMemoryIsRefused) {
  train::TrainingOptions options;
  EXPECT_NO_THROW(CheckTrainingMemory(1000, options));
  options.dimension = 10'000;
  try {
    CheckTrainingMemory(4'000'000'000, options);
    FAIL() << "320 TB of memory?";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInputOutput);
    EXPECT_THAT(error.what(), HasSubstr("320 TB"));
    EXPECT_THAT(error.what(), HasSubstr("--dimension"));
  }
}

TEST(TrainingRequest, TheTableOfBucketsCountsAsMemory) {
  train::TrainingOptions options;
  const std::uint64_t without = train::TrainingMemoryBytes(1000, options);
  options.subwords = SubwordOptions{.bucket_count = 1'000'000'000};
  EXPECT_GT(train::TrainingMemoryBytes(1000, options), without + 4'000'000'000);
}

TEST(TrainingRequest, AFileThatCannotFitOnTheDiskIsRefused) {
  TrainingRequest request;
  request.output = "v.kin";
  EXPECT_NO_THROW(CheckTrainingDisk(1000, request));
  request.training.dimension = 10'000'000;
  try {
    CheckTrainingDisk(4'000'000'000, request);
    FAIL() << "80 PB of disk?";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInputOutput);
    EXPECT_THAT(error.what(), HasSubstr("80 PB"));
  }
}

}  // namespace
}  // namespace wordkin::cli
