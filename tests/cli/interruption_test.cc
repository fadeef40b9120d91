// What Ctrl-C, a kill and a second Ctrl-C leave behind.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "tests/cli/process.h"

namespace wordkin::cli_test {
namespace {

// So many epochs that it never ends by itself.
constexpr const char* kEndlessTraining =
    "exec wordkin train skipgram corpus.txt -o v.kin --dimension 32 --epochs 100000 "
    "--json-log log";

TEST(Interruption, CtrlCKeepsWhatWasLearntAndGives130) {
  const Workspace workspace;
  workspace.WriteCorpus();
  Child child(kEndlessTraining, workspace.path());
  // While the run goes on, not when it has ended.
  ASSERT_TRUE(WaitForText(workspace.File("log"), "{\"event\":\"epoch\",\"epoch\":1,"));
  child.Signal(SIGINT);
  const Outcome outcome = child.Finish();
  EXPECT_EQ(outcome.exit_code, 130) << outcome.error;
  EXPECT_NE(outcome.error.find("interrupted in epoch"), std::string::npos) << outcome.error;
  EXPECT_NE(outcome.error.find("wrote v.kin: 22 words x 32"), std::string::npos) << outcome.error;
  EXPECT_EQ(RunShell("wordkin verify v.kin", workspace.path()).exit_code, 0);
  const Outcome info = RunShell("wordkin info v.kin --json", workspace.path());
  EXPECT_EQ(nlohmann::json::parse(info.output)["provenance"]["interrupted"], true);
  EXPECT_NE(workspace.Read("log").find("{\"event\":\"interrupted\""), std::string::npos);
}

TEST(Interruption, CtrlCKeepsWhatGloVeLearnt) {
  const Workspace workspace;
  workspace.WriteCorpus();
  Child child(
      "exec wordkin train glove corpus.txt -o v.kin --dimension 32 --epochs 100000 --json-log log",
      workspace.path());
  ASSERT_TRUE(WaitForText(workspace.File("log"), "\"progress\""));
  child.Signal(SIGINT);
  const Outcome outcome = child.Finish();
  EXPECT_EQ(outcome.exit_code, 130) << outcome.error;
  EXPECT_NE(outcome.error.find("interrupted in epoch"), std::string::npos) << outcome.error;
  EXPECT_NE(outcome.error.find("wrote v.kin: 22 words x 32"), std::string::npos) << outcome.error;
  EXPECT_EQ(RunShell("wordkin verify v.kin", workspace.path()).exit_code, 0);
}

// Pipes that nobody writes to, and such as give nothing more: the first signal ends the wait.
TEST(Interruption, ASignalEndsTheWaitForAPipe) {
  const Workspace workspace;
  workspace.MakeStore();
  ASSERT_EQ(RunShell("mkfifo pipe", workspace.path()).exit_code, 0);
  int signal = SIGINT;
  for (const std::string arguments :
       {"train skipgram pipe -o o.kin", "train glove pipe -o o.kin", "train fasttext - -o o.kin",
        "phrases pipe -o o.txt", "phrases - -o o.txt", "embed-text v.kin pipe -o o.kin",
        "embed-text v.kin - -o o.kin", "duplicates v.kin --exclude pipe",
        "duplicates v.kin --exclude -", "map v.kin --exclude pipe --tsv",
        "map v.kin --words pipe --json", "map v.kin --words - -o o.svg",
        "cluster v.kin -k 2 --words pipe -o o.txt"}) {
    Child child("exec wordkin " + arguments, workspace.path());
    child.Send("king\n");
    ASSERT_TRUE(child.WaitUntilItHandles(signal)) << arguments;
    child.Signal(signal);
    EXPECT_TRUE(child.EndsWhileInputIsOpen()) << arguments;
    const Outcome outcome = child.Finish();
    EXPECT_EQ(outcome.exit_code, 130) << arguments << ": " << outcome.error;
    EXPECT_TRUE(outcome.error.starts_with("interrupted")) << arguments << ": " << outcome.error;
    EXPECT_FALSE(workspace.Has("o.kin") || workspace.Has("o.txt") || workspace.Has("o.svg"));
    signal = signal == SIGINT ? SIGTERM : SIGINT;
  }
}

// What is named may be written to later, as by a shell's <(...).
TEST(Interruption, APipeIsReadOnceItIsWritten) {
  const Workspace workspace;
  workspace.MakeStore();
  workspace.Write("list", "queen\n");
  const Outcome outcome = RunShell(
      "mkfifo pipe; wordkin duplicates v.kin --min-score 0 -k 1000 --exclude pipe > a & "
      "sleep 0.2; cat list > pipe; wait; "
      "wordkin duplicates v.kin --min-score 0 -k 1000 --exclude list > b; cmp a b; "
      "bash -c 'cmp b <(wordkin duplicates v.kin --min-score 0 -k 1000 --exclude <(cat list))'",
      workspace.path());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output << outcome.error;
  EXPECT_FALSE(workspace.Read("a").empty());
}

// In training, which keeps what it has learnt when it can.
TEST(Interruption, ASecondSignalQuitsAtOnce) {
  const Workspace workspace;
  workspace.WriteCorpus();
  Child child(kEndlessTraining, workspace.path());
  ASSERT_TRUE(WaitForText(workspace.File("log"), "\"progress\""));
  for (int i = 0; i < 3; ++i) {
    child.Signal(SIGINT);
    // Had the first not been handled yet, the kernel made one of the two: a third does no harm.
    std::this_thread::sleep_for(std::chrono::milliseconds(i * 100));
  }
  EXPECT_TRUE(child.EndsWhileInputIsOpen());
  EXPECT_EQ(child.Finish().exit_code, 130);
}

// Before anything is learnt, and the pipe of the events has no reader.
TEST(Interruption, ASignalEndsTheWaitForAReaderOfTheEvents) {
  const Workspace workspace;
  workspace.WriteCorpus();
  ASSERT_EQ(RunShell("mkfifo pipe", workspace.path()).exit_code, 0);
  for (const std::string arguments :
       {"train skipgram corpus.txt -o o.kin", "phrases corpus.txt -o o.txt"}) {
    Child child("exec wordkin " + arguments + " --json-log pipe", workspace.path());
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    child.Signal(SIGINT);
    EXPECT_TRUE(child.EndsWhileInputIsOpen()) << arguments;
  }
}

TEST(Interruption, CtrlCWhileAMapIsDrawnWritesNothing) {
  const Workspace workspace;
  workspace.MakeStore();
  Child child("exec wordkin map v.kin -o map.svg --rounds 100000 --threads 1 2> log",
              workspace.path());
  ASSERT_TRUE(WaitForText(workspace.File("log"), "placing words: 10 %"));
  child.Signal(SIGINT);
  EXPECT_EQ(child.Finish().exit_code, 130);
  EXPECT_NE(workspace.Read("log").find("interrupted; nothing is written"), std::string::npos);
  EXPECT_FALSE(workspace.Has("map.svg"));
}

// It is read into a store that must have no name at any time, since a signal may come at any.
TEST(Interruption, AFileOfAnotherToolThatIsAskedLeavesNoNameInTheTemporaryFolder) {
  const Workspace workspace;
  const Outcome made =
      RunShell("mkdir t; printf '2 2\nking 1 2\nqueen 3 4\n' > v.txt", workspace.path());
  ASSERT_EQ(made.exit_code, 0) << made.error;
  const std::string folder = workspace.File("t");
  const int nameless = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (nameless < 0) GTEST_SKIP() << "this file system has no nameless files";
  ::close(nameless);
  const int changes = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  ASSERT_GE(changes, 0);
  ASSERT_GE(::inotify_add_watch(changes, folder.c_str(), IN_CREATE | IN_MOVED_TO), 0);
  const Outcome outcome =
      RunShell("TMPDIR=t wordkin similarity v.txt king queen -q", workspace.path());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
  alignas(inotify_event) char events[4096];
  EXPECT_LT(::read(changes, events, sizeof(events)), 0);
  EXPECT_EQ(errno, EAGAIN);
  ::close(changes);
}

TEST(Interruption, CtrlCWhileWordsAreClusteredWritesNothing) {
  const Workspace workspace;
  workspace.MakeBigStore();
  Child child("exec wordkin cluster big.kin -k 100 --beginnings 30 -o o.tsv 2> log",
              workspace.path());
  ASSERT_TRUE(WaitForText(workspace.File("log"), "clustering: "));
  child.Signal(SIGINT);
  EXPECT_EQ(child.Finish().exit_code, 130);
  EXPECT_NE(workspace.Read("log").find("interrupted; nothing is written"), std::string::npos);
  EXPECT_FALSE(workspace.Has("o.tsv"));
}

TEST(Interruption, CtrlCWhileAFileIsWrittenLeavesTheEarlierOne) {
  const Workspace workspace;
  workspace.MakeBigStore();
  for (const std::string arguments :
       {"convert big.kin o.txt.gz", "convert big.txt o.glove.gz", "shrink big.kin o.kin"}) {
    const std::string output = arguments.substr(arguments.find("o."));
    workspace.Write(output, "earlier");
    Child child("exec wordkin " + arguments, workspace.path());
    ASSERT_TRUE(child.WaitUntilItHandles(SIGINT)) << arguments;
    // The first is at its writing by then, which takes many times as long.
    if (output == "o.txt.gz") std::this_thread::sleep_for(std::chrono::milliseconds(50));
    child.Signal(SIGINT);
    const Outcome outcome = child.Finish();
    EXPECT_EQ(outcome.exit_code, 130) << arguments << ": " << outcome.error;
    EXPECT_EQ(outcome.error, "interrupted; nothing is written\n") << arguments;
    EXPECT_EQ(workspace.Read(output), "earlier");
  }
}

TEST(Interruption, AKillInTrainingLeavesTheEarlierFileAsItWas) {
  const Workspace workspace;
  workspace.MakeStore();
  workspace.WriteCorpus();
  const std::string before = workspace.Read("v.kin");
  Child child(kEndlessTraining, workspace.path());
  ASSERT_TRUE(WaitForText(workspace.File("log"), "\"progress\""));
  child.Signal(SIGKILL);
  EXPECT_EQ(child.Finish().signal, SIGKILL);
  EXPECT_EQ(workspace.Read("v.kin"), before);
}

}  // namespace
}  // namespace wordkin::cli_test
