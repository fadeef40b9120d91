#include "cli/console.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <time.h>

#include <chrono>
#include <thread>

#include "cli/training/event_log.h"
#include "common/support/error.h"
#include "tests/unit/cli/pipe_console.h"

namespace wordkin::cli {
namespace {

TEST(Console, WritesResultsBeforeTheNotesThatFollowThem) {
  Pipe both;
  Console console(both.writer(), both.writer());
  console.Write("result\n");
  console.Note("note");
  EXPECT_EQ(both.Take(), "result\nnote\n");
}

TEST(Console, KeepsResultsUntilTheyAreFlushed) {
  PipeConsole pipes;
  pipes.console.Write("a");
  EXPECT_EQ(pipes.output.Take(), "");
  pipes.console.Flush();
  EXPECT_EQ(pipes.output.Take(), "a");
  EXPECT_EQ(pipes.error.Take(), "");
}

TEST(Console, ThrowsWhenTheReaderHasGone) {
  ::signal(SIGPIPE, SIG_IGN);
  PipeConsole pipes;
  pipes.output.CloseReader();
  pipes.console.Write("a");
  EXPECT_THROW(pipes.console.Flush(), ClosedPipe);
  EXPECT_NO_THROW(pipes.console.Flush()) << "nothing is tried twice";
}

TEST(Console, ThrowsWhenResultsCannotBeWritten) {
  const int full = ::open("/dev/full", O_WRONLY);
  Console console(full, full);
  console.Write("a");
  EXPECT_THROW(console.Flush(), Error);
  EXPECT_NO_THROW(console.Complain("nobody hears it"));
  ::close(full);
}

TEST(Console, ANoteLeavesItToTheNextFlushToSayThatResultsAreLost) {
  ::signal(SIGPIPE, SIG_IGN);
  PipeConsole pipes;
  pipes.output.CloseReader();
  pipes.console.Write("a");
  EXPECT_NO_THROW(pipes.console.Note("note"));
  EXPECT_EQ(pipes.error.Take(), "note\n");
  EXPECT_THROW(pipes.console.Flush(), ClosedPipe);
  EXPECT_NO_THROW(pipes.console.Flush());
}

TEST(Console, NotesAndComplaintsHoldNoControlCharacters) {
  PipeConsole pipes;
  pipes.console.Note("a \x1b[2J\nb");
  pipes.console.Complain("cannot open '\x1b]0;x'");
  EXPECT_EQ(pipes.error.Take(), "a \\u{1b}[2J\nb\nwordkin: cannot open '\\u{1b}]0;x'\n");
}

double ProcessorSeconds() {
  timespec time = {};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

TEST(Console, SleepsWhileANonBlockingStreamIsFull) {
  PipeConsole pipes;
  const std::string text(1 << 20, 'a');
  std::size_t taken = 0;
  std::jthread reader([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    while (taken < text.size()) taken += pipes.output.Take().size();
  });
  const double before = ProcessorSeconds();
  pipes.console.Write(text);
  EXPECT_LT(ProcessorSeconds() - before, 0.15);
  reader.join();
  EXPECT_EQ(taken, text.size());
}

TEST(Console, ShowsColoursOnlyWhenAsked) {
  PipeConsole pipes;
  EXPECT_EQ(pipes.console.Bold("a"), "a");
  pipes.console.SetColor(ColorChoice::kAlways);
  EXPECT_EQ(pipes.console.Bold("a"), "\x1b[1ma\x1b[0m");
  pipes.console.Complain("b");
  EXPECT_EQ(pipes.error.Take(), "\x1b[1;31mwordkin:\x1b[0m b\n");
  pipes.console.SetColor(ColorChoice::kAuto);
  EXPECT_EQ(pipes.console.Bold("a"), "a");
}

TEST(EventLog, GoesOnWithoutALogThatCannotBeWritten) {
  PipeConsole pipes;
  EventLog log("/dev/full", pipes.console);
  log.Add("start", {{"a", 1}});
  const std::string complaint = pipes.error.Take();
  EXPECT_NE(complaint.find("goes on without"), std::string::npos) << complaint;
  log.Add("progress", {{"a", 2}});
  EXPECT_EQ(pipes.error.Take(), "") << "said once";
}

}  // namespace
}  // namespace wordkin::cli
