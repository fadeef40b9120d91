#include "cli/answers/question_session.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "cli/answers/answer_queries.h"
#include "cli/command_table.h"
#include "common/support/error.h"
#include "tests/unit/cli/pipe_console.h"

namespace wordkin::cli {
namespace {

// Vectors in word2vec's text, in a folder of their own.
class QuestionSessionTest : public testing::Test {
 protected:
  QuestionSessionTest() { Write("2 2\nking 1 0\nqueen 0.9 0.1\n"); }
  ~QuestionSessionTest() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& text) const {
    std::filesystem::create_directories(folder_);
    std::ofstream(path_) << text;
  }
  const std::byte* BytesOfOpened() {
    return OpenVectors(path_, &pipes_.console).store.file_bytes().data();
  }

  const std::string folder_ = testing::TempDir() + "question_session." + std::to_string(::getpid());
  const std::string path_ = folder_ + "/vectors.txt";
  PipeConsole pipes_;
};

TEST_F(QuestionSessionTest, AFileIsOpenedOnceUntilItChanges) {
  QuestionSession session;
  const std::byte* const first = BytesOfOpened();
  EXPECT_NE(pipes_.error.Take(), "");
  EXPECT_EQ(BytesOfOpened(), first);
  EXPECT_EQ(pipes_.error.Take(), "");
  Write("1 2\nprince 1 0\n");
  EXPECT_EQ(OpenVectors(path_, nullptr).store.size(), 1u);
  EXPECT_EQ(OpenVectors(path_, nullptr).store.Word(0), "prince");
}

TEST_F(QuestionSessionTest, WithoutOneEachCommandOpensItsOwn) {
  BytesOfOpened();
  EXPECT_NE(pipes_.error.Take(), "");
  BytesOfOpened();
  EXPECT_NE(pipes_.error.Take(), "");
  EXPECT_EQ(QuestionSession::Current(), nullptr);
}

TEST_F(QuestionSessionTest, NoCommandReadsStandardInput) {
  const Command& command = FindCommand("neighbors");
  const Arguments none(command, {"v.kin"});
  const Arguments dash(command, {"v.kin", "-"});
  const Arguments word(command, {"v.kin", "king"});
  EXPECT_TRUE(ReadsStandardInput(none));
  EXPECT_TRUE(ReadsStandardInput(dash));
  const QuestionSession session;
  EXPECT_THROW(ReadsStandardInput(none), Error);
  EXPECT_THROW(ReadsStandardInput(dash), Error);
  EXPECT_FALSE(ReadsStandardInput(word));
}

}  // namespace
}  // namespace wordkin::cli
