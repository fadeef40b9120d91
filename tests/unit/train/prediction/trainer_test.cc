#include "train/prediction/trainer.h"
#include "tests/unit/train/never_stop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "planted_corpus.h"

namespace wordkin::train {
namespace {

TrainingOptions SmallOptions(Model model = Model::kSkipGram) {
  TrainingOptions options;
  options.model = model;
  options.dimension = 20;
  options.subsample_threshold = 0;
  options.epoch_count = 5;
  options.learning_rate = 0.1f;
  return options;
}

std::vector<float> AllValues(const AlignedMatrix& rows) {
  std::vector<float> values;
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    values.insert(values.end(), rows.Row(row).begin(), rows.Row(row).end());
  }
  return values;
}

struct NamedOptions {
  std::string name;
  TrainingOptions options;
};

void PrintTo(const NamedOptions& named, std::ostream* stream) { *stream << named.name; }

class TrainerOfEachModel : public testing::TestWithParam<NamedOptions> {};

TEST_P(TrainerOfEachModel, LowersTheLossAndPutsWordsThatOccurTogetherNearEachOther) {
  const EncodedCorpus corpus = PlantedCorpus::Make(4000);
  const TrainingOptions options = GetParam().options;
  const TrainingResult result = Train(corpus, options, {}, kNeverStop);
  EXPECT_GT(PlantedCorpus::ShareInPlace(result.table.rows), 0.97);
  ASSERT_EQ(result.epoch_losses.size(), 5u);
  const double guessing = (options.negative_count + 1) * std::log(2.0);
  EXPECT_LT(result.epoch_losses.front(), guessing * 1.01);
  EXPECT_LT(result.epoch_losses.back(), 0.85 * guessing);
  EXPECT_LT(result.epoch_losses.back(), result.epoch_losses.front());
  EXPECT_FALSE(result.interrupted);
  EXPECT_EQ(result.amount_done, corpus.word_count * 5);
}

std::vector<NamedOptions> EachModel() {
  TrainingOptions original = SmallOptions(Model::kCbow);
  original.cbow_gradient = CbowGradient::kOriginal;
  TrainingOptions corrected = SmallOptions(Model::kCbow);
  corrected.cbow_gradient = CbowGradient::kCorrected;
  corrected.learning_rate = 0.4f;
  TrainingOptions threads = SmallOptions();
  threads.thread_count = 3;
  TrainingOptions subwords = SmallOptions();
  subwords.subwords = SubwordOptions{.bucket_count = 500};
  TrainingOptions floret = SmallOptions();
  floret.subwords =
      SubwordOptions{.hash = SubwordHash::kFloret, .bucket_count = 3000, .hash_count = 2};
  TrainingOptions subword_cbow = SmallOptions(Model::kCbow);
  subword_cbow.subwords = SubwordOptions{};
  TrainingOptions weighted = SmallOptions(Model::kCbow);
  weighted.has_position_weights = true;
  weighted.schedule = Schedule::kCosine;
  TrainingOptions quadratic = SmallOptions();
  quadratic.schedule = Schedule::kQuadratic;
  TrainingOptions lockstep = SmallOptions();
  lockstep.reproducible = true;
  lockstep.thread_count = 2;
  TrainingOptions many_negatives = SmallOptions();
  many_negatives.negative_count = 13;
  return {{"skip_gram", SmallOptions()},
          {"cbow_original", original},
          {"cbow_corrected", corrected},
          {"three_threads", threads},
          {"subwords", subwords},
          {"floret", floret},
          {"subword_cbow", subword_cbow},
          {"position_weights", weighted},
          {"quadratic", quadratic},
          {"lockstep", lockstep},
          {"thirteen_negatives", many_negatives}};
}

INSTANTIATE_TEST_SUITE_P(All, TrainerOfEachModel, testing::ValuesIn(EachModel()),
                         [](const auto& test) { return test.param.name; });

TEST(Trainer, GivesTheSameBitsForTheSameSeedOnOneThread) {
  const EncodedCorpus corpus = PlantedCorpus::Make(300);
  TrainingOptions options = SmallOptions();
  const auto first = AllValues(Train(corpus, options, {}, kNeverStop).table.rows);
  EXPECT_EQ(AllValues(Train(corpus, options, {}, kNeverStop).table.rows), first);
  options.seed = 2;
  EXPECT_NE(AllValues(Train(corpus, options, {}, kNeverStop).table.rows), first);
}

class ReproducibleTraining : public testing::TestWithParam<NamedOptions> {};

TEST_P(ReproducibleTraining, GivesTheSameBitsAtAnyNumberOfThreads) {
  const EncodedCorpus corpus = PlantedCorpus::Make(1500);
  TrainingOptions options = GetParam().options;
  options.reproducible = true;
  options.epoch_count = 2;
  options.thread_count = 1;
  const TrainingResult one = Train(corpus, options, {}, kNeverStop);
  for (const int thread_count : {2, 4}) {
    options.thread_count = thread_count;
    const TrainingResult many = Train(corpus, options, {}, kNeverStop);
    EXPECT_EQ(AllValues(many.table.rows), AllValues(one.table.rows)) << thread_count;
    EXPECT_EQ(many.epoch_losses, one.epoch_losses);
  }
}

TEST_P(ReproducibleTraining, GivesTheSameBitsWithPausesAndWithout) {
  const EncodedCorpus corpus = PlantedCorpus::Make(700);
  TrainingOptions options = GetParam().options;
  options.reproducible = true;
  options.thread_count = 2;
  options.epoch_count = 3;
  const TrainingResult unbroken = Train(corpus, options, {}, kNeverStop);
  Trainer trainer(corpus, options);
  int pauses = 0;
  while (trainer.Train({.seconds = 0.002}, {}, kNeverStop) != Pause::kFinished) ++pauses;
  EXPECT_GT(pauses, 0);
  EXPECT_EQ(AllValues(trainer.Finish().rows), AllValues(unbroken.table.rows));
  Trainer by_epochs(corpus, options);
  EXPECT_EQ(by_epochs.Train({.epoch_end = true}, {}, kNeverStop), Pause::kEpochEnd);
  EXPECT_EQ(by_epochs.epochs_done(), 1);
  EXPECT_EQ(by_epochs.Train({}, {}, kNeverStop), Pause::kFinished);
  EXPECT_EQ(AllValues(by_epochs.Finish().rows), AllValues(unbroken.table.rows));
}

std::vector<NamedOptions> EachObjective() {
  std::vector<NamedOptions> all;
  for (const Model model : {Model::kSkipGram, Model::kCbow}) {
    for (const Loss loss : {Loss::kNegativeSampling, Loss::kHierarchicalSoftmax}) {
      for (const bool has_subwords : {false, true}) {
        TrainingOptions options = SmallOptions(model);
        options.loss = loss;
        if (has_subwords) options.subwords = SubwordOptions{.bucket_count = 1000};
        all.push_back({std::string(model == Model::kCbow ? "cbow" : "skip_gram") +
                           (loss == Loss::kNegativeSampling ? "_negatives" : "_tree") +
                           (has_subwords ? "_subwords" : "_words"),
                       options});
      }
    }
  }
  TrainingOptions weighted = SmallOptions(Model::kCbow);
  weighted.has_position_weights = true;
  all.push_back({"position_weights", weighted});
  return all;
}

INSTANTIATE_TEST_SUITE_P(All, ReproducibleTraining, testing::ValuesIn(EachObjective()),
                         [](const auto& test) { return test.param.name; });

TEST(Trainer, PutsWordsNearEachOtherByHierarchicalSoftmax) {
  const EncodedCorpus corpus = PlantedCorpus::Make(4000);
  for (const NamedOptions& each : EachObjective()) {
    if (each.options.loss != Loss::kHierarchicalSoftmax) continue;
    EXPECT_GT(PlantedCorpus::ShareInPlace(Train(corpus, each.options, {}, kNeverStop).table.rows),
              0.9)
        << each.name;
  }
}

TEST(Trainer, KeepsWhatFurtherTrainingNeeds) {
  const EncodedCorpus corpus = PlantedCorpus::Make(300);
  TrainingOptions options = SmallOptions();
  options.subwords = SubwordOptions{.bucket_count = 1000};
  Trainer trainer(corpus, options);
  trainer.Train({}, {}, kNeverStop);
  const EmbeddingTable table = trainer.Finish();
  ASSERT_TRUE(table.subwords.has_value());
  EXPECT_EQ(table.word_rows.row_count(), corpus.vocabulary.size());
  EXPECT_EQ(table.output_rows.row_count(), corpus.vocabulary.size());
  // A word's vector is the mean of its own row and its buckets'.
  std::vector<std::uint32_t> buckets;
  AppendBuckets(corpus.vocabulary.Word(7), *options.subwords, buckets);
  const std::vector<std::uint32_t>& known = table.subwords->buckets;
  for (std::size_t column = 0; column < options.dimension; ++column) {
    float sum = table.word_rows.Row(7)[column];
    for (const std::uint32_t bucket : buckets) {
      const auto place = std::lower_bound(known.begin(), known.end(), bucket);
      ASSERT_EQ(*place, bucket);
      sum += table.subwords->rows.Row(place - known.begin())[column];
    }
    EXPECT_NEAR(table.rows.Row(7)[column], sum / static_cast<float>(buckets.size() + 1), 1e-5);
  }
}

TEST(Trainer, GetsOnInAStretchOfNoTime) {
  const EncodedCorpus corpus = PlantedCorpus::Make(300);
  for (const bool reproducible : {false, true}) {
    TrainingOptions options = SmallOptions();
    options.reproducible = reproducible;
    Trainer trainer(corpus, options);
    std::uint64_t done = 0;
    while (trainer.Train({.seconds = 0}, {}, kNeverStop) != Pause::kFinished) {
      ASSERT_GT(trainer.summary().amount_done, done);
      done = trainer.summary().amount_done;
    }
  }
}

TEST(Trainer, StopsAtTheNextBlockAndKeepsTheRows) {
  const EncodedCorpus corpus = PlantedCorpus::Make(3000);
  std::atomic<bool> stop{false};
  const auto stop_soon = [&](const TrainingProgress& progress) {
    if (progress.fraction_done > 0) stop = true;
  };
  TrainingOptions options = SmallOptions();
  options.epoch_count = 10000;
  const TrainingResult result = Train(corpus, options, stop_soon, stop);
  EXPECT_TRUE(result.interrupted);
  EXPECT_LT(result.amount_done, corpus.word_count * 10000);
  EXPECT_EQ(result.table.rows.row_count(), corpus.vocabulary.size());
  EXPECT_TRUE(AllFinite(AllValues(result.table.rows)));
}

TEST(Trainer, RefusesADivergingRunAndNamesTheOptionToLower) {
  const EncodedCorpus corpus = PlantedCorpus::Make(2000);
  TrainingOptions options = SmallOptions();
  options.learning_rate = 10;
  options.dimension = 200;
  options.epoch_count = 20;
  try {
    Train(corpus, options, {}, kNeverStop);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_NE(std::string(error.what()).find("--learning-rate"), std::string::npos);
  }
}

TEST(Trainer, ReportsProgressUpToTheEnd) {
  const EncodedCorpus corpus = PlantedCorpus::Make(500);
  std::vector<TrainingProgress> reports;
  Train(
      corpus, SmallOptions(), [&](const TrainingProgress& each) { reports.push_back(each); },
      kNeverStop);
  ASSERT_FALSE(reports.empty());
  EXPECT_EQ(reports.back().fraction_done, 1);
  EXPECT_EQ(reports.back().epoch, 5);
  EXPECT_EQ(reports.back().amount_done, corpus.word_count * 5);
}

TEST(Trainer, RefusesAVocabularyOfOneWord) {
  EncodedCorpus corpus;
  corpus.vocabulary = Vocabulary({{"only", 10}});
  corpus.ids.Append(std::vector<WordId>(10, 0));
  corpus.ids.Seal();
  EXPECT_THROW(Train(corpus, SmallOptions(), {}, kNeverStop), Error);
}

TEST(Trainer, TrainsOnTwoWordsAndMoreThreadsThanBlocks) {
  EncodedCorpus corpus;
  corpus.vocabulary = Vocabulary({{"a", 5}, {"b", 5}});
  corpus.ids.Append(std::vector<WordId>{0, 1, 0, 1, 0, 1, 0, 1, 0, 1});
  corpus.ids.Seal();
  corpus.word_count = corpus.kept_word_count = 10;
  TrainingOptions options = SmallOptions();
  options.thread_count = 8;
  EXPECT_EQ(Train(corpus, options, {}, kNeverStop).table.rows.row_count(), 2u);
}

TEST(TrainingOptions, NamesTheOptionThatIsOutOfRange) {
  const auto message = [](auto change) -> std::string {
    TrainingOptions options;
    change(options);
    try {
      CheckTrainingOptions(options);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message([](auto&) {}), "");
  EXPECT_NE(message([](auto& o) { o.dimension = 0; }).find("--dimension"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.dimension = 1u << 31; }).find("--dimension"),
            std::string::npos);
  EXPECT_NE(message([](auto& o) { o.window_radius = 0; }).find("--window"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.negative_count = 100000; }).find("--negative"),
            std::string::npos);
  EXPECT_NE(message([](auto& o) { o.learning_rate = NAN; }).find("--learning-rate"),
            std::string::npos);
  EXPECT_NE(message([](auto& o) { o.thread_count = 0; }).find("--threads"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.epoch_count = 0; }).find("--epochs"), std::string::npos);
}

}  // namespace
}  // namespace wordkin::train
