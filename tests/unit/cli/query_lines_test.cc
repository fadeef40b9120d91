#include "cli/answers/query_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/support/error.h"
#include "tests/unit/cli/pipe_console.h"

namespace wordkin::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class QueryLinesTest : public testing::Test {
 protected:
  Pipe input_;
  PipeConsole pipes_;
  QueryLines lines_{pipes_.console, input_.reader()};
};

TEST_F(QueryLinesTest, HandsOutTheLinesThatHaveCome) {
  input_.Send("king\nqueen\nhalf a");
  EXPECT_THAT(lines_.Next(10), ElementsAre("king", "queen"));
  input_.Send(" line\n");
  EXPECT_THAT(lines_.Next(10), ElementsAre("half a line"));
  input_.CloseWriter();
  EXPECT_THAT(lines_.Next(10), IsEmpty());
}

TEST_F(QueryLinesTest, StopsAtTheLimitAndGoesOnThere) {
  input_.Send("a\nb\nc\n");
  EXPECT_THAT(lines_.Next(2), ElementsAre("a", "b"));
  EXPECT_THAT(lines_.Next(2), ElementsAre("c"));
}

TEST_F(QueryLinesTest, TheLastLineMayLackItsEnd) {
  input_.Send("a\nb");
  input_.CloseWriter();
  EXPECT_THAT(lines_.Next(10), ElementsAre("a"));
  EXPECT_THAT(lines_.Next(10), ElementsAre("b"));
  EXPECT_THAT(lines_.Next(10), IsEmpty());
}

TEST_F(QueryLinesTest, EmptyLinesAreLines) {
  input_.Send("\n\na\n");
  EXPECT_THAT(lines_.Next(10), ElementsAre("", "", "a"));
}

TEST_F(QueryLinesTest, DropsAByteOrderMarkAndCarriageReturns) {
  input_.Send("\xEF\xBB\xBFking\r\nqueen\r\n");
  EXPECT_THAT(lines_.Next(10), ElementsAre("king", "queen"));
}

TEST_F(QueryLinesTest, FlushesAnswersBeforeItWaits) {
  input_.Send("a\n");
  lines_.Next(10);
  pipes_.console.Write("answer");
  EXPECT_EQ(pipes_.output.Take(), "");
  input_.Send("b\n");
  lines_.Next(10);
  EXPECT_EQ(pipes_.output.Take(), "answer");
}

TEST(QueryLines, RefusesALineThatIsNoQuery) {
  const int zeros = ::open("/dev/zero", O_RDONLY);
  PipeConsole pipes;
  QueryLines lines(pipes.console, zeros);
  try {
    lines.Next(1);
    FAIL() << "a line without end was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_THAT(error.what(), testing::HasSubstr("line 1 of standard input"));
  }
  ::close(zeros);
}

TEST(SplitWords, SplitsAtUnicodeWhiteSpace) {
  EXPECT_THAT(SplitWords(" king\tqueen\xC2\xA0plum  "), ElementsAre("king", "queen", "plum"));
  EXPECT_THAT(SplitWords("\xE3\x80\x80"), IsEmpty());
  EXPECT_THAT(SplitWords("a\xFF b"), ElementsAre("a\xFF", "b"));
}

}  // namespace
}  // namespace wordkin::cli
