#include "train/prediction/trainer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "planted_corpus.h"

namespace wordkin::train {
namespace {

const std::atomic<bool> kNeverStop{false};

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

TEST_P(TrainerOfEachModel, PutsWordsThatOccurTogetherNearEachOther) {
  const EncodedCorpus corpus = PlantedCorpus::Make(4000);
  const TrainingResult result = Train(corpus, GetParam().options, {}, kNeverStop);
  EXPECT_GT(PlantedCorpus::ShareInPlace(result.rows), 0.97);
}

TEST_P(TrainerOfEachModel, LowersTheLossFromEpochToEpoch) {
  const EncodedCorpus corpus = PlantedCorpus::Make(4000);
  const TrainingOptions options = GetParam().options;
  const TrainingResult result = Train(corpus, options, {}, kNeverStop);
  ASSERT_EQ(result.epoch_losses.size(), 5u);
  const double guessing = (options.negative_count + 1) * std::log(2.0);
  EXPECT_LT(result.epoch_losses.front(), guessing * 1.01);
  EXPECT_LT(result.epoch_losses.back(), 0.85 * guessing);
  EXPECT_LT(result.epoch_losses.back(), result.epoch_losses.front());
  EXPECT_FALSE(result.interrupted);
  EXPECT_EQ(result.words_done, corpus.word_count * 5);
}

std::vector<NamedOptions> EachModel() {
  TrainingOptions original = SmallOptions(Model::kCbow);
  original.cbow_gradient = CbowGradient::kOriginal;
  TrainingOptions corrected = SmallOptions(Model::kCbow);
  corrected.cbow_gradient = CbowGradient::kCorrected;
  corrected.learning_rate = 0.4f;
  TrainingOptions threads = SmallOptions();
  threads.thread_count = 3;
  TrainingOptions many_negatives = SmallOptions();
  many_negatives.negative_count = 13;
  return {{"skip_gram", SmallOptions()},
          {"cbow_original", original},
          {"cbow_corrected", corrected},
          {"three_threads", threads},
          {"thirteen_negatives", many_negatives}};
}

INSTANTIATE_TEST_SUITE_P(All, TrainerOfEachModel, testing::ValuesIn(EachModel()),
                         [](const auto& test) { return test.param.name; });

TEST(Trainer, GivesTheSameBitsForTheSameSeedOnOneThread) {
  const EncodedCorpus corpus = PlantedCorpus::Make(300);
  TrainingOptions options = SmallOptions();
  const auto first = AllValues(Train(corpus, options, {}, kNeverStop).rows);
  EXPECT_EQ(AllValues(Train(corpus, options, {}, kNeverStop).rows), first);
  options.seed = 2;
  EXPECT_NE(AllValues(Train(corpus, options, {}, kNeverStop).rows), first);
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
  EXPECT_LT(result.words_done, corpus.word_count * 10000);
  EXPECT_EQ(result.rows.row_count(), corpus.vocabulary.size());
  EXPECT_TRUE(AllFinite(AllValues(result.rows)));
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
  EXPECT_EQ(reports.back().words_done, corpus.word_count * 5);
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
  EXPECT_EQ(Train(corpus, options, {}, kNeverStop).rows.row_count(), 2u);
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
