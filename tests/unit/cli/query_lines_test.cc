#include "cli/answers/query_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/support/error.h"
#include "tests/unit/cli/pipe_console.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class QueryLinesTest : public testing::Test {
 protected:
  Pipe input_;
  PipeConsole pipes_;
  QueryLines lines_{pipes_.console, input_.reader()};

  std::vector<std::string> Texts(std::size_t limit) {
    std::vector<std::string> texts;
    for (const QueryLine& line : lines_.Next(limit)) {
      EXPECT_EQ(line.fault, "");
      texts.push_back(line.text);
    }
    return texts;
  }
};

TEST_F(QueryLinesTest, HandsOutTheLinesThatHaveCome) {
  input_.Send("king\nqueen\nhalf a");
  EXPECT_THAT(Texts(10), ElementsAre("king", "queen"));
  input_.Send(" line\n");
  EXPECT_THAT(Texts(10), ElementsAre("half a line"));
  input_.CloseWriter();
  EXPECT_THAT(Texts(10), IsEmpty());
}

TEST_F(QueryLinesTest, StopsAtTheLimitAndGoesOnThere) {
  input_.Send("a\nb\nc\n");
  EXPECT_THAT(Texts(2), ElementsAre("a", "b"));
  EXPECT_THAT(Texts(2), ElementsAre("c"));
}

TEST_F(QueryLinesTest, TheLastLineMayLackItsEnd) {
  input_.Send("a\nb");
  input_.CloseWriter();
  EXPECT_THAT(Texts(10), ElementsAre("a"));
  EXPECT_THAT(Texts(10), ElementsAre("b"));
  EXPECT_THAT(Texts(10), IsEmpty());
}

TEST_F(QueryLinesTest, EmptyLinesAreLines) {
  input_.Send("\n\na\n");
  EXPECT_THAT(Texts(10), ElementsAre("", "", "a"));
}

TEST_F(QueryLinesTest, DropsAByteOrderMarkAndCarriageReturns) {
  input_.Send("\xEF\xBB\xBFking\r\nqueen\r\n");
  EXPECT_THAT(Texts(10), ElementsAre("king", "queen"));
}

TEST_F(QueryLinesTest, FlushesAnswersBeforeItWaits) {
  input_.Send("a\n");
  Texts(10);
  pipes_.console.Write("answer");
  EXPECT_EQ(pipes_.output.Take(), "");
  input_.Send("b\n");
  Texts(10);
  EXPECT_EQ(pipes_.output.Take(), "answer");
}

// As soon as it is too long: it may have no end.
TEST(QueryLines, FaultALineThatIsNoQuery) {
  const int zeros = ::open("/dev/zero", O_RDONLY);
  PipeConsole pipes;
  QueryLines lines(pipes.console, zeros);
  const std::vector<QueryLine> next = lines.Next(3);
  ASSERT_EQ(next.size(), 1u);
  EXPECT_THAT(next[0].fault,
              testing::HasSubstr("line 1 of standard input is longer than 1048576 bytes"));
  EXPECT_LT(next[0].text.size(), 2000u);
  ::close(zeros);
}

TEST(QueryLines, GoOnBehindALongLine) {
  const TemporaryFolder folder;
  const std::string longest(QueryLines::kMaxLineBytes, 'a');
  WriteText(folder.PathOf("lines.txt"),
            "king\n" + longest + "b\nqueen\n" + longest + "\n" + longest + longest);
  PipeConsole pipes;
  QueryLines lines(pipes.console, folder.PathOf("lines.txt"));
  std::vector<QueryLine> all;
  for (auto next = lines.Next(64); !next.empty(); next = lines.Next(64)) {
    all.insert(all.end(), next.begin(), next.end());
  }
  ASSERT_EQ(all.size(), 5u);
  EXPECT_EQ(all[0].text, "king");
  EXPECT_THAT(all[1].text, testing::MatchesRegex("a+\\.\\.\\."));
  EXPECT_THAT(all[1].fault, testing::StartsWith("line 2 of '"));
  EXPECT_EQ(all[2].text, "queen");
  EXPECT_EQ(all[3].text, longest);
  EXPECT_EQ(all[3].fault, "");
  EXPECT_THAT(all[4].fault, testing::StartsWith("line 5 of "));
}

TEST(SplitWords, SplitsAtUnicodeWhiteSpace) {
  EXPECT_THAT(SplitWords(" king\tqueen\xC2\xA0plum  "), ElementsAre("king", "queen", "plum"));
  EXPECT_THAT(SplitWords("\xE3\x80\x80"), IsEmpty());
  EXPECT_THAT(SplitWords("a\xFF b"), ElementsAre("a\xFF", "b"));
}

}  // namespace
}  // namespace wordkin::cli
