// Runs that are broken off and taken up again.

#include <gtest/gtest.h>
#include <signal.h>

#include <string>

#include "tests/cli/process.h"

namespace wordkin::cli_test {
namespace {

// A second or two, so that a run can be broken off anywhere.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WORDKIN_EPOCHS "4000"
#else
#define WORDKIN_EPOCHS "15000"
#endif
const std::string kRun = " corpus.txt --dimension 48 --epochs " WORDKIN_EPOCHS
                         " --threads 2 --reproducible --min-count 1 ";

class Resuming : public testing::TestWithParam<std::string> {};

TEST_P(Resuming, AfterCtrlCEndsWhereAnUnbrokenRunEnds) {
  const Workspace workspace;
  workspace.WriteCorpus();
  const std::string train = "wordkin train " + GetParam() + kRun;
  ASSERT_EQ(RunShell(train + "-o whole.kin -q", workspace.path()).exit_code, 0);
  Child child("exec " + train + "-o v.kin --json-log log", workspace.path());
  ASSERT_TRUE(WaitForText(workspace.File("log"), "\"progress\""));
  child.Signal(SIGINT);
  ASSERT_EQ(child.Finish().exit_code, 130);
  ASSERT_TRUE(workspace.Has("v.kin.checkpoint"));
  EXPECT_NE(workspace.Read("v.kin"), workspace.Read("whole.kin"));
  EXPECT_EQ(RunShell("wordkin neighbors v.kin.checkpoint king -k 1", workspace.path()).exit_code,
            0);
  const Outcome resumed =
      RunShell("wordkin train --resume v.kin.checkpoint --threads 1", workspace.path());
  ASSERT_EQ(resumed.exit_code, 0) << resumed.error;
  EXPECT_EQ(workspace.Read("v.kin"), workspace.Read("whole.kin"));
  EXPECT_FALSE(workspace.Has("v.kin.checkpoint"));
}

INSTANTIATE_TEST_SUITE_P(Trainers, Resuming,
                         testing::Values("skipgram", "fasttext --buckets 500",
                                         "cbow --position-weights --loss hierarchical-softmax"),
                         [](const auto& test) { return test.param.substr(0, 4); });

TEST(Checkpoints, OutliveAKill) {
  const Workspace workspace;
  workspace.WriteCorpus();
  const std::string train = "wordkin train skipgram" + kRun;
  ASSERT_EQ(RunShell(train + "-o whole.kin -q", workspace.path()).exit_code, 0);
  Child child("exec " + train + "-o v.kin --json-log log --checkpoint-every 0.05",
              workspace.path());
  ASSERT_TRUE(WaitForText(workspace.File("log"), "\"checkpoint\""));
  child.Signal(SIGKILL);
  child.Finish();
  EXPECT_FALSE(workspace.Has("v.kin"));
  const Outcome resumed = RunShell(
      "wordkin train skipgram corpus.txt --resume v.kin.checkpoint --json-log log2 -o v2.kin",
      workspace.path());
  ASSERT_EQ(resumed.exit_code, 0) << resumed.error;
  EXPECT_EQ(workspace.Read("v2.kin"), workspace.Read("whole.kin"));
}

TEST(Checkpoints, AreRefusedForAnotherCorpusAndOtherOptions) {
  const Workspace workspace;
  workspace.WriteCorpus();
  Child child("exec wordkin train skipgram corpus.txt -o v.kin --epochs 100000 --json-log log",
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
  EXPECT_NE(resume("cbow").error.find("trains 'skipgram', not 'cbow'"), std::string::npos);
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

}  // namespace
}  // namespace wordkin::cli_test
