// Runs that are broken off and taken up again.

#include <gtest/gtest.h>
#include <signal.h>

#include <cstdint>
#include <string>

#include "tests/cli/process.h"

namespace wordkin::cli_test {
namespace {

// A second or two, so that a run can be broken off anywhere.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kEpochs = 10;
constexpr int kGloveEpochs = 30;
constexpr int kShortEpochs = 4000;
#else
constexpr int kEpochs = 50;
constexpr int kGloveEpochs = 100;
constexpr int kShortEpochs = 15000;
#endif

// So many words that GloVe has many tiles, and the other trainers many blocks: a run is then broken
// off amid an epoch.
std::string ManyWords() {
  std::string text;
  for (std::uint32_t i = 0, random = 1; i < 30000; ++i) {
    random = random * 1664525 + 1013904223;
    text += "w" + std::to_string((random >> 16) % 1000) + (i % 20 == 19 ? "\n" : " ");
  }
  return text;
}

// A model and its options.
class Resuming : public testing::TestWithParam<std::string> {
 protected:
  Resuming() {
    workspace.WriteCorpus();
    workspace.Write("corpus.txt", workspace.Read("corpus.txt") + ManyWords());
  }

  const bool is_glove = GetParam() == "glove";
  const Workspace workspace;
  // One GloVe thread pauses after the round at hand; of several, some may be rounds ahead.
  const std::string threads = is_glove ? "1" : "2";
  const std::string other_threads = is_glove ? "3" : "1";
  const std::string options = " --dimension 48 --reproducible --threads " + threads + " --epochs " +
                              std::to_string(is_glove ? kGloveEpochs : kEpochs) + " ";
  const std::string train = "wordkin train " + GetParam() + " corpus.txt --min-count 1" + options;
};

TEST_P(Resuming, AfterCtrlCEndsWhereAnUnbrokenRunEnds) {
  ASSERT_EQ(RunShell(train + "-o whole.kin -q", workspace.path()).exit_code, 0);
  Child child("exec " + train + "-o v.kin --json-log log", workspace.path());
  ASSERT_TRUE(WaitForText(workspace.File("log"), "\"progress\""));
  child.Signal(SIGINT);
  ASSERT_EQ(child.Finish().exit_code, 130);
  ASSERT_TRUE(workspace.Has("v.kin.checkpoint"));
  const std::string events = workspace.Read("log");
  EXPECT_NE(workspace.Read("v.kin"), workspace.Read("whole.kin"));
  EXPECT_EQ(RunShell("wordkin neighbors v.kin.checkpoint king -k 1", workspace.path()).exit_code,
            0);
  const Outcome resumed = RunShell(
      "wordkin train --resume v.kin.checkpoint --threads " + other_threads, workspace.path());
  ASSERT_EQ(resumed.exit_code, 0) << resumed.error;
  EXPECT_EQ(workspace.Read("v.kin"), workspace.Read("whole.kin"));
  EXPECT_FALSE(workspace.Has("v.kin.checkpoint"));
  const std::string more_events = workspace.Read("log");
  EXPECT_EQ(more_events.substr(0, events.size()), events);
  EXPECT_EQ(more_events.find("{\"event\":\"start\"", 1), events.size());
}

INSTANTIATE_TEST_SUITE_P(Trainers, Resuming,
                         testing::Values("skipgram", "fasttext --buckets 500",
                                         "cbow --position-weights --loss hierarchical-softmax",
                                         "glove"),
                         [](const auto& test) { return test.param.substr(0, 4); });

class ResumingKilled : public Resuming {};

TEST_P(ResumingKilled, EndsWhereAnUnbrokenRunEnds) {
  ASSERT_EQ(RunShell(train + "-o whole.kin -q", workspace.path()).exit_code, 0);
  Child child("exec " + train + "-o v.kin --json-log log --checkpoint-every 0.05",
              workspace.path());
  ASSERT_TRUE(WaitForText(workspace.File("log"), "\"checkpoint\""));
  child.Signal(SIGKILL);
  child.Finish();
  EXPECT_FALSE(workspace.Has("v.kin"));
  const Outcome resumed =
      RunShell("wordkin train " + GetParam() +
                   " corpus.txt --resume v.kin.checkpoint --checkpoint-every 1h -o v2.kin",
               workspace.path());
  ASSERT_EQ(resumed.exit_code, 0) << resumed.error;
  EXPECT_EQ(workspace.Read("v2.kin"), workspace.Read("whole.kin"));
}

INSTANTIATE_TEST_SUITE_P(Trainers, ResumingKilled, testing::Values("skipgram", "glove"),
                         [](const auto& test) { return test.param; });

class ResumingGlove : public Resuming {};

TEST_P(ResumingGlove, GoesOnWithCountsThatWereKeptAndWithNoOthers) {
  const std::string train_counts = "wordkin train glove --counts kept" + options;
  ASSERT_EQ(
      RunShell(train + "--keep-counts kept -q -o w.kin && " + train_counts + "-q -o whole.kin && " +
                   train + "--window 3 --keep-counts others -q -o w.kin",
               workspace.path())
          .exit_code,
      0);
  Child child("exec " + train_counts + "-o v.kin --json-log log", workspace.path());
  ASSERT_TRUE(WaitForText(workspace.File("log"), "\"progress\""));
  child.Signal(SIGINT);
  ASSERT_EQ(child.Finish().exit_code, 130);
  const std::string resume = "wordkin train --resume v.kin.checkpoint --counts ";
  const Outcome others = RunShell(resume + "others", workspace.path());
  EXPECT_EQ(others.exit_code, 2);
  EXPECT_NE(others.error.find("the pairs are not those"), std::string::npos) << others.error;
  const Outcome moved = RunShell("mv kept moved; " + resume + "moved", workspace.path());
  ASSERT_EQ(moved.exit_code, 0) << moved.error;
  EXPECT_EQ(workspace.Read("v.kin"), workspace.Read("whole.kin"));
}

INSTANTIATE_TEST_SUITE_P(Trainers, ResumingGlove, testing::Values("glove"),
                         [](const auto& test) { return test.param; });

// No epoch is better than the first: the one question asks for a word that it names.
TEST(ResumingAnEvaluatedRun, HasItsBestEpochOrIsRefused) {
  const Workspace workspace;
  workspace.WriteCorpus();
  workspace.Write("questions.txt", ": one\nking queen apple king\n");
  Child child("exec wordkin train skipgram corpus.txt -o v.kin --dimension 16 --epochs " +
                  std::to_string(kShortEpochs) +
                  " --evaluate-with questions.txt --stop-when-flat 100 --json-log log",
              workspace.path());
  ASSERT_TRUE(WaitForText(workspace.File("log"), "\"evaluation\",\"epoch\":3"));
  child.Signal(SIGINT);
  ASSERT_EQ(child.Finish().exit_code, 130);
  const std::string best = workspace.Read("v.kin");
  const std::string resume = "wordkin train --resume v.kin.checkpoint ";
  const Outcome elsewhere = RunShell(resume + "-o w.kin", workspace.path());
  EXPECT_EQ(elsewhere.exit_code, 2);
  EXPECT_NE(elsewhere.error.find("epoch 1, the best so far, is not in 'w.kin'"), std::string::npos)
      << elsewhere.error;
  EXPECT_TRUE(workspace.Has("v.kin.checkpoint"));
  const Outcome resumed = RunShell(resume, workspace.path());
  EXPECT_EQ(resumed.exit_code, 0);
  EXPECT_NE(resumed.error.find("kept epoch 1, the best"), std::string::npos) << resumed.error;
  EXPECT_EQ(resumed.error.find("0 words x"), std::string::npos) << resumed.error;
  EXPECT_EQ(workspace.Read("v.kin"), best);
}

TEST(ResumingAContinuedRun, IsRefusedWhenItsFirstStoreHasChanged) {
  const Workspace workspace;
  workspace.WriteCorpus();
  const std::string train = "wordkin train skipgram corpus.txt --dimension 16 ";
  ASSERT_EQ(RunShell(train + "-o a.kin --epochs 1 -q", workspace.path()).exit_code, 0);
  const Outcome in_place = RunShell(train + "-o a.kin --continue-from a.kin", workspace.path());
  EXPECT_EQ(in_place.exit_code, 2);
  EXPECT_NE(in_place.error.find("output 'a.kin' is the same file as input 'a.kin'"),
            std::string::npos)
      << in_place.error;
  Child child("exec " + train + "-o v.kin --continue-from a.kin --epochs 100000 --json-log log",
              workspace.path());
  ASSERT_TRUE(WaitForText(workspace.File("log"), "\"progress\""));
  child.Signal(SIGINT);
  ASSERT_EQ(child.Finish().exit_code, 130);
  const Outcome resumed =
      RunShell("mv v.kin a.kin; wordkin train --resume v.kin.checkpoint", workspace.path());
  EXPECT_EQ(resumed.exit_code, 2);
  EXPECT_NE(resumed.error.find("the store that --continue-from names is not as it was"),
            std::string::npos)
      << resumed.error;
}

class Checkpoints : public testing::TestWithParam<std::string> {};

TEST_P(Checkpoints, AreRefusedForAnotherCorpusAndOtherOptions) {
  const Workspace workspace;
  workspace.WriteCorpus();
  Child child(
      "exec wordkin train " + GetParam() + " corpus.txt -o v.kin --epochs 100000 --json-log log",
      workspace.path());
  ASSERT_TRUE(WaitForText(workspace.File("log"), "\"progress\""));
  child.Signal(SIGINT);
  ASSERT_EQ(child.Finish().exit_code, 130);
  const auto resume = [&](const std::string& with) {
    return RunShell("wordkin train --resume v.kin.checkpoint " + with, workspace.path());
  };
  EXPECT_EQ(resume("--dimension 10").exit_code, 2);
  EXPECT_NE(resume("--dimension 10").error.find("--dimension cannot change"), std::string::npos);
  EXPECT_EQ(resume("cbow corpus.txt").exit_code, 2);
  EXPECT_NE(resume("cbow").error.find("trains '" + GetParam() + "', not 'cbow'"),
            std::string::npos);
  const Outcome fresh = RunShell("wordkin train cbow corpus.txt -o v.kin", workspace.path());
  EXPECT_EQ(fresh.exit_code, 2);
  EXPECT_NE(fresh.error.find("keeps where another run stands"), std::string::npos);
  const Outcome elsewhere = RunShell(
      "cp v.kin.checkpoint other.kin.checkpoint; wordkin train --resume v.kin.checkpoint "
      "-o other.kin",
      workspace.path());
  EXPECT_EQ(elsewhere.exit_code, 2);
  EXPECT_NE(elsewhere.error.find("'other.kin.checkpoint' keeps"), std::string::npos);
  const Outcome processed =
      RunShell("wordkin postprocess v.kin.checkpoint p.kin", workspace.path());
  EXPECT_NE(processed.error.find("where training stood is not carried over"), std::string::npos);
  const Outcome shrunk = RunShell("wordkin shrink v.kin.checkpoint p.kin", workspace.path());
  EXPECT_NE(shrunk.error.find("where training stood is not carried over"), std::string::npos);
  workspace.Write("other.txt", workspace.Read("corpus.txt") + "\none more line\n");
  EXPECT_EQ(resume("other.txt").exit_code, 2);
  EXPECT_NE(resume("other.txt").error.find("the corpus is not the one"), std::string::npos);
  const Outcome finished = RunShell("wordkin train --resume v.kin", workspace.path());
  EXPECT_EQ(finished.exit_code, 4);
  EXPECT_NE(finished.error.find("finished store"), std::string::npos);
  std::string damaged = workspace.Read("v.kin.checkpoint");
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  workspace.Write("v.kin.checkpoint", damaged);
  EXPECT_EQ(resume("").exit_code, 4);
}

INSTANTIATE_TEST_SUITE_P(Trainers, Checkpoints, testing::Values("skipgram", "glove"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace wordkin::cli_test
