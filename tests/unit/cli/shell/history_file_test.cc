#include "cli/shell/history_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace wordkin::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class HistoryFileTest : public testing::Test {
 protected:
  ~HistoryFileTest() override { std::filesystem::remove_all(folder_); }

  static mode_t ModeOf(const std::string& path) {
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
  }

  const std::string folder_ = testing::TempDir() + "history_file." + std::to_string(::getpid());
  const std::string path_ = folder_ + "/state/wordkin/history";
};

TEST_F(HistoryFileTest, KeepsLinesForItsOwnerAlone) {
  const HistoryFile history(path_);
  EXPECT_THAT(history.Read(), IsEmpty());
  history.Add("neighbors king");
  history.Add("similarity \"new york\" straße");
  EXPECT_THAT(HistoryFile(path_).Read(),
              ElementsAre("neighbors king", "similarity \"new york\" straße"));
  EXPECT_EQ(ModeOf(path_), 0600u);
  EXPECT_EQ(ModeOf(folder_ + "/state/wordkin"), 0700u);
  EXPECT_EQ(ModeOf(folder_ + "/state"), 0700u);
}

TEST_F(HistoryFileTest, GivesTheLastLinesAndDoesNotGrowForEver) {
  const HistoryFile history(path_);
  history.Add("first");
  {
    std::ofstream file(path_, std::ios::app);
    for (std::size_t i = 0; i < 2 * HistoryFile::kMostLines; ++i) file << "line " << i << "\n";
  }
  for (int reading = 0; reading < 2; ++reading) {
    const std::vector<std::string> lines = history.Read();
    ASSERT_EQ(lines.size(), HistoryFile::kMostLines);
    EXPECT_EQ(lines.back(), "line " + std::to_string(2 * HistoryFile::kMostLines - 1));
  }
  EXPECT_LT(std::filesystem::file_size(path_), 10 * HistoryFile::kMostLines + 1);
  EXPECT_EQ(ModeOf(path_), 0600u);
}

TEST_F(HistoryFileTest, WhatCannotBeWrittenIsForgotten) {
  std::filesystem::create_directories(folder_);
  std::ofstream(folder_ + "/file") << "x";
  for (const std::string& path : {std::string(), folder_, folder_ + "/file/wordkin/history"}) {
    const HistoryFile history(path);
    history.Add("king");
    EXPECT_THAT(history.Read(), IsEmpty()) << path;
  }
}

TEST_F(HistoryFileTest, LiesWhereTheVariablesSay) {
  const char* const home = ::getenv("HOME");
  const std::string earlier_home = home == nullptr ? "" : home;
  ::setenv("XDG_STATE_HOME", "/state", 1);
  EXPECT_EQ(HistoryFile::DefaultPath(), "/state/wordkin/history");
  ::setenv("XDG_STATE_HOME", "not/absolute", 1);
  ::setenv("HOME", "/home/ada", 1);
  EXPECT_EQ(HistoryFile::DefaultPath(), "/home/ada/.local/state/wordkin/history");
  ::unsetenv("XDG_STATE_HOME");
  ::unsetenv("HOME");
  EXPECT_EQ(HistoryFile::DefaultPath(), "");
  if (home != nullptr) ::setenv("HOME", earlier_home.c_str(), 1);
}

}  // namespace
}  // namespace wordkin::cli
