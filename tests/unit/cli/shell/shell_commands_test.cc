#include "cli/shell/shell_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wordkin::cli {
namespace {

TEST(ShellCommands, AreThoseThatAskAFile) {
  std::vector<std::string_view> names;
  for (const Command* command : ShellCommands()) names.push_back(command->name);
  EXPECT_THAT(names, testing::IsSupersetOf({"neighbors", "analogy", "similarity", "odd-one-out",
                                            "evaluate", "info"}));
  for (const std::string_view other :
       {"train", "convert", "encode", "verify", "help", "shell", "postprocess"}) {
    EXPECT_EQ(FindShellCommand(other), nullptr) << other;
  }
}

}  // namespace
}  // namespace wordkin::cli
