#include "train/glove/glove_trainer.h"
#include "tests/unit/train/never_stop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/support/random.h"
#include "tests/unit/train/prediction/planted_corpus.h"
#include "train/glove/count_pairs.h"

namespace wordkin::train {
namespace {

GloveOptions SmallOptions() {
  GloveOptions options;
  options.dimension = 20;
  options.x_max = 10;
  options.epoch_count = 15;
  return options;
}

// GloVe learns from pairs that occur only, so that words of all groups must meet, those of one
// group more often: half of a sentence's words are of its group.
EncodedCorpus MixedCorpus(int sentence_count) {
  EncodedCorpus corpus = PlantedCorpus::Make(1);
  Random random(1);
  std::vector<WordId> ids;
  for (int sentence = 0; sentence < sentence_count; ++sentence) {
    const WordId group = random.Below(PlantedCorpus::kGroupCount);
    for (int place = 0; place < 12; ++place) {
      const WordId any = random.Below(PlantedCorpus::kGroupCount * PlantedCorpus::kGroupSize);
      const bool is_of_group = random.Below(2) == 0;
      ids.push_back(is_of_group ? any - any % PlantedCorpus::kGroupCount + group : any);
    }
    ids.push_back(kSentenceEnd);
  }
  corpus.ids = IdSequence();
  corpus.ids.Append(ids);
  corpus.ids.Seal();
  return corpus;
}

struct Planted {
  explicit Planted(const GloveOptions& options, int sentence_count = 4000)
      : corpus(MixedCorpus(sentence_count)),
        counts(CountPairs(corpus.ids.ids(), corpus.vocabulary.size(), options, {}, kNeverStop)),
        tiles(counts, options, 1 << 30, kNeverStop) {}

  GloveState Train(const GloveOptions& options) const {
    GloveState state = InitialGloveState(corpus.vocabulary.size(), options);
    GloveTrainer(tiles, options).Train({}, state, {}, kNeverStop);
    return state;
  }

  EncodedCorpus corpus;
  PairCounts counts;
  TrainingTiles tiles;
};

bool Same(const GloveState& a, const GloveState& b) {
  const auto equal = [](const AlignedMatrix& x, const AlignedMatrix& y) {
    for (std::size_t row = 0; row < x.row_count(); ++row) {
      if (!std::ranges::equal(x.Row(row), y.Row(row))) return false;
    }
    return true;
  };
  return equal(a.word_rows, b.word_rows) && equal(a.context_rows, b.context_rows) &&
         a.epoch_losses == b.epoch_losses;
}

TEST(GloveTrainer, PutsWordsThatOccurTogetherNearEachOther) {
  const GloveOptions options = SmallOptions();
  const Planted planted(options);
  const GloveState state = planted.Train(options);
  for (const OutputVectors kind :
       {OutputVectors::kSum, OutputVectors::kWord, OutputVectors::kContext}) {
    EXPECT_GT(PlantedCorpus::ShareInPlace(VectorsOf(state, kind, options)), 0.9);
  }
}

TEST(GloveTrainer, LowersTheLossFromEpochToEpoch) {
  const GloveOptions options = SmallOptions();
  const GloveState state = Planted(options).Train(options);
  ASSERT_EQ(state.epoch_losses.size(), 15u);
  for (std::size_t i = 1; i < state.epoch_losses.size(); ++i) {
    EXPECT_LT(state.epoch_losses[i], state.epoch_losses[i - 1]);
  }
  EXPECT_LT(state.epoch_losses.back(), 0.5 * state.epoch_losses.front());
}

TEST(GloveTrainer, GivesTheSameBitsWithAnyNumberOfThreads) {
  GloveOptions options = SmallOptions();
  options.epoch_count = 3;
  const GloveState one = Planted(options).Train(options);
  for (const int threads : {2, 4}) {
    options.thread_count = threads;
    EXPECT_TRUE(Same(Planted(options).Train(options), one)) << threads;
  }
  options.seed = 2;
  EXPECT_FALSE(Same(Planted(options).Train(options), one));
}

TEST(GloveTrainer, GoesOnFromAStateAsIfItHadNotStopped) {
  GloveOptions options = SmallOptions();
  options.epoch_count = 4;
  const Planted planted(options, 1000);
  const GloveState unbroken = planted.Train(options);
  GloveState state = InitialGloveState(planted.corpus.vocabulary.size(), options);
  const PauseAt epoch_end = {.epoch_end = true};
  EXPECT_EQ(GloveTrainer(planted.tiles, options).Train(epoch_end, state, {}, kNeverStop),
            Pause::kEpochEnd);
  EXPECT_EQ(state.epoch_losses.size(), 1u);
  EXPECT_FALSE(Same(state, unbroken));
  // Another trainer, another number of threads.
  options.thread_count = 2;
  EXPECT_EQ(GloveTrainer(planted.tiles, options).Train({}, state, {}, kNeverStop),
            Pause::kFinished);
  EXPECT_TRUE(Same(state, unbroken));
  EXPECT_EQ(state.records_trained, 4 * planted.tiles.record_count());
}

TEST(GloveTrainer, MayPauseAfterEveryRoundAndChangesNothingByIt) {
  GloveOptions options = SmallOptions();
  options.epoch_count = 3;
  const Planted planted(options, 1000);
  const std::size_t rounds = planted.tiles.group_count();
  ASSERT_GT(rounds, 4u);
  const GloveState unbroken = planted.Train(options);
  for (const int threads : {1, 2, 4}) {
    options.thread_count = threads;
    GloveState state = InitialGloveState(planted.corpus.vocabulary.size(), options);
    std::size_t stretches = 0;
    std::size_t pauses_amid = 0;
    const PauseAt at_once = {.seconds = 0};
    Pause pause = Pause::kTimeUp;
    for (; pause != Pause::kFinished; ++stretches) {
      const GloveTrainer trainer(planted.tiles, options);
      pause = trainer.Train(at_once, state, {}, kNeverStop);
      trainer.CheckState(state);
      EXPECT_EQ(trainer.Summary(state).interrupted, pause != Pause::kFinished);
      if (state.rounds_done > 0) ++pauses_amid;
    }
    // Threads may be a round or two ahead of the one that pauses.
    EXPECT_GT(pauses_amid, rounds / 2) << threads;
    EXPECT_TRUE(threads > 1 || stretches == 3 * rounds) << stretches;
    EXPECT_TRUE(Same(state, unbroken)) << threads;
    EXPECT_EQ(state.records_trained, unbroken.records_trained);
  }
}

TEST(GloveTrainer, TellsTheLossOfAnEpochThatIsNotWhole) {
  const GloveOptions options = SmallOptions();
  const Planted planted(options, 1000);
  GloveState state = InitialGloveState(planted.corpus.vocabulary.size(), options);
  const GloveTrainer trainer(planted.tiles, options);
  trainer.Train({.seconds = 0}, state, {}, kNeverStop);
  const TrainingSummary summary = trainer.Summary(state);
  ASSERT_EQ(summary.epoch_losses.size(), 1u);
  EXPECT_DOUBLE_EQ(summary.epoch_losses[0],
                   state.loss_sum / static_cast<double>(state.records_trained));
  EXPECT_EQ(summary.amount_done, state.records_trained);
}

TEST(GloveTrainer, RefusesAStateThatNoRunCanHaveHad) {
  const GloveOptions options = SmallOptions();
  const Planted planted(options, 1000);
  const GloveTrainer trainer(planted.tiles, options);
  const auto refuses = [&](const auto& change) {
    GloveState state;
    state.epoch_losses = {0.5};
    state.rounds_done = 2;
    state.records_trained = planted.tiles.record_count() + 9;
    change(state);
    try {
      trainer.CheckState(state);
    } catch (const Error& error) {
      return error.kind() == ErrorKind::kDamaged;
    }
    return false;
  };
  EXPECT_FALSE(refuses([](GloveState&) {}));
  EXPECT_TRUE(refuses([](GloveState& state) { state.epoch_losses.resize(15); }));
  EXPECT_TRUE(refuses([&](GloveState& state) { state.rounds_done = planted.tiles.group_count(); }));
  EXPECT_TRUE(refuses([](GloveState& state) { state.rounds_done = 0; }));
  EXPECT_TRUE(refuses([](GloveState& state) { state.records_trained = 9; }));
  EXPECT_TRUE(refuses([](GloveState& state) { state.records_trained *= 2; }));
  EXPECT_TRUE(refuses([](GloveState& state) { state.loss_sum = NAN; }));
  EXPECT_TRUE(refuses([](GloveState& state) { state.elapsed_seconds = -1; }));
}

TEST(GloveTrainer, StopsAmidAnEpochAndKeepsTheRows) {
  GloveOptions options = SmallOptions();
  options.epoch_count = 10000;
  const Planted planted(options, 1000);
  std::atomic<bool> stop{false};
  GloveState state = InitialGloveState(planted.corpus.vocabulary.size(), options);
  const auto stop_soon = [&](const TrainingProgress& each) { stop = each.epoch > 0; };
  EXPECT_EQ(GloveTrainer(planted.tiles, options).Train({}, state, stop_soon, stop),
            Pause::kStopped);
  EXPECT_GT(state.records_trained, 0u);
  EXPECT_LT(state.epoch_losses.size(), 10000u);
  EXPECT_EQ(VectorsOf(state, OutputVectors::kSum, options).row_count(), PlantedCorpus::kWordCount);
}

TEST(GloveTrainer, RefusesADivergingRunAndNamesTheOptionToLower) {
  const GloveOptions options = SmallOptions();
  const Planted planted(options, 1000);
  GloveState state = InitialGloveState(planted.corpus.vocabulary.size(), options);
  state.word_rows.Row(5)[0] = HUGE_VALF;
  try {
    GloveTrainer(planted.tiles, options).Train({}, state, {}, kNeverStop);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_NE(std::string(error.what()).find("--learning-rate"), std::string::npos);
  }
}

// AdaGrad makes steps smaller by itself.
TEST(GloveTrainer, StaysFiniteAtTheHighestLearningRate) {
  GloveOptions options = SmallOptions();
  options.learning_rate = 10;
  const GloveState state = Planted(options, 1000).Train(options);
  EXPECT_EQ(VectorsOf(state, OutputVectors::kSum, options).row_count(), PlantedCorpus::kWordCount);
}

TEST(GloveTrainer, ReportsProgressUpToTheEnd) {
  GloveOptions options = SmallOptions();
  options.epoch_count = 3;
  const Planted planted(options, 500);
  std::vector<TrainingProgress> reports;
  GloveState state = InitialGloveState(planted.corpus.vocabulary.size(), options);
  GloveTrainer(planted.tiles, options)
      .Train(
          {}, state, [&](const TrainingProgress& each) { reports.push_back(each); }, kNeverStop);
  ASSERT_FALSE(reports.empty());
  EXPECT_LE(reports.size(), 100u);
  EXPECT_EQ(reports.back().epoch, 3);
  EXPECT_EQ(reports.back().fraction_done, 1);
  EXPECT_EQ(reports.back().amount_done, 3 * planted.tiles.record_count());
}

TEST(GloveOptions, NamesTheOptionThatIsOutOfRange) {
  const auto message = [](auto change) -> std::string {
    GloveOptions options;
    change(options);
    try {
      CheckGloveOptions(options);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message([](auto&) {}), "");
  EXPECT_NE(message([](auto& o) { o.dimension = 0; }).find("--dimension"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.window_radius = 1001; }).find("--window"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.x_max = 0; }).find("--x-max"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.alpha = -1; }).find("--alpha"), std::string::npos);
  EXPECT_NE(message([](auto& o) { o.learning_rate = 11; }).find("--learning-rate"),
            std::string::npos);
}

}  // namespace
}  // namespace wordkin::train
