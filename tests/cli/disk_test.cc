// A disk too small for what is to be written.

#include <gtest/gtest.h>

#include <string>

#include "tests/cli/process.h"

namespace wordkin::cli_test {
namespace {

// 'command' in a shell for which the folder "small" is a disk of a megabyte.
Outcome RunOnSmallDisk(const std::string& command, const Workspace& workspace) {
  return RunShell(
      "mkdir -p small; unshare -rm sh -c 'mount -t tmpfs -o size=1M none small && " + command + "'",
      workspace.path());
}

TEST(SmallDisk, IsToldBeforeTrainingForTheRowsOfSubwordsToo) {
  const Workspace workspace;
  if (RunOnSmallDisk("true", workspace).exit_code != 0) GTEST_SKIP() << "no disk can be mounted";
  workspace.WriteCorpus();
  const std::string train =
      "wordkin train fasttext corpus.txt -o small/v.kin --dimension 5000 --epochs 1 --json-log log";
  const Outcome outcome = RunOnSmallDisk(train, workspace);
  EXPECT_EQ(outcome.exit_code, 3) << outcome.error;
  EXPECT_NE(outcome.error.find("a lower --dimension or fewer --buckets"), std::string::npos)
      << outcome.error;
  EXPECT_EQ(workspace.Read("log").find("\"progress\""), std::string::npos);
}

}  // namespace
}  // namespace wordkin::cli_test
