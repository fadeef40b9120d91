// The shell at a terminal: editing, Tab, history, Ctrl-C and the end.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <chrono>
#include <string>
#include <thread>

#include "tests/cli/process.h"

namespace wordkin::cli_test {
namespace {

constexpr const char* kPrompt = "v.kin> ";

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A shell on v.kin whose home is the workspace, at its first prompt.
class Conversation {
 public:
  explicit Conversation(const Workspace& workspace, const std::string& options = "",
                        const Environment& more = {})
      : child_("exec wordkin shell v.kin --color never" + options, workspace.path(),
               With({{"HOME", workspace.path()}}, more), Child::Streams::kTerminal) {
    greeting_ = child_.ReadUntil(kPrompt);
  }

  const std::string& greeting() const { return greeting_; }
  // Types keys, and reads up to 'end'.
  std::string Type(const std::string& keys, const std::string& end = std::string("\n") + kPrompt) {
    child_.Send(keys);
    return child_.ReadUntil(end);
  }
  Child& child() { return child_; }

 private:
  static Environment With(Environment environment, const Environment& more) {
    environment.insert(more.begin(), more.end());
    return environment;
  }

  Child child_;
  std::string greeting_;
};

TEST(Shell, AnswersAtAPromptAndEndsWithCtrlD) {
  const Workspace workspace;
  workspace.MakeStore();
  Conversation talk(workspace);
  EXPECT_TRUE(Has(talk.greeting(), "v.kin: 22 words x 16;")) << talk.greeting();
  EXPECT_TRUE(Has(talk.Type("king -k 1\r"), "\r\n  0."));
  EXPECT_TRUE(Has(talk.Type("nobody\r"), "'nobody' is not among the 22 words"));
  EXPECT_TRUE(Has(talk.Type("similarity king king\r"), "\r\n1.0000\r\n"));
  talk.child().Send("\x04");
  EXPECT_EQ(talk.child().Finish().exit_code, 0);
}

TEST(Shell, TabCompletesCommandsOptionsAndWords) {
  const Workspace workspace;
  workspace.MakeStore();
  Conversation talk(workspace);
  const std::string answer = talk.Type("simi\tqu\tqu\t\r");
  EXPECT_TRUE(Has(answer, "\r\n1.0000\r\n")) << answer;
  EXPECT_TRUE(Has(talk.Type("neighbors --sea\texa\tbic\t-k 1 --json\r"),
                  "{\"query\":\"bicycle\",\"search\":\"exact\","));
  // Where several words can be meant they are shown, and the line stays.
  EXPECT_TRUE(Has(talk.Type("pri\t\t", "prince  princess"), "prince  princess"));
  EXPECT_TRUE(Has(talk.Type("ss -k 1\r"), "\r\n  0."));
  talk.child().Send("quit\r");
  EXPECT_EQ(talk.child().Finish().exit_code, 0);
}

TEST(Shell, CompletesAndShowsWordsOfAnyScriptAndWithBlanks) {
  const Workspace workspace;
  workspace.Write("vectors.txt", "3 2\nžena 1 0\nnew_york 0 1\nкороль 0.9 0.1\n");
  ASSERT_EQ(RunShell("wordkin convert vectors.txt m.npy -q && printf 'žena\\nnew york\\nкороль\\n' "
                     "> m.words && wordkin convert m.npy v.kin --words m.words -q",
                     workspace.path())
                .exit_code,
            0);
  // Whatever the locale is.
  Conversation talk(workspace, "", {{"LC_ALL", "C"}});
  EXPECT_TRUE(Has(talk.Type("similarity ž\tко\t\r"), "\r\n0.99"));
  EXPECT_TRUE(Has(talk.Type("similarity \"ne\tž\t\r"), "\r\n0.0000\r\n"));
  talk.child().Send("\x04");
  EXPECT_EQ(talk.child().Finish().exit_code, 0);
  EXPECT_TRUE(Has(workspace.Read(".local/state/wordkin/history"), "\"new york\" žena\n"));
}

TEST(Shell, RecallsTheLinesOfEarlierShells) {
  const Workspace workspace;
  workspace.MakeStore();
  {
    Conversation talk(workspace);
    talk.Type("similarity king king\r");
    talk.child().Send("exit\r");
    EXPECT_EQ(talk.child().Finish().exit_code, 0);
  }
  struct stat status = {};
  ASSERT_EQ(::stat(workspace.File(".local/state/wordkin/history").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  Conversation talk(workspace);
  // Up twice: before "exit".
  EXPECT_TRUE(Has(talk.Type("\x1b[A\x1b[A\r"), "\r\n1.0000\r\n"));
  talk.child().Send("\x04");
  EXPECT_EQ(talk.child().Finish().exit_code, 0);
}

TEST(Shell, AHistoryThatCannotBeKeptHarmsNothing) {
  const Workspace workspace;
  workspace.MakeStore();
  Conversation talk(workspace, "", {{"XDG_STATE_HOME", workspace.File("v.kin")}});
  EXPECT_TRUE(Has(talk.greeting(), "lines are not kept for later shells: '" +
                                       workspace.File("v.kin") + "/wordkin/history' cannot be"))
      << talk.greeting();
  EXPECT_TRUE(Has(talk.Type("similarity king king\r"), "\r\n1.0000\r\n"));
  // It is recalled all the same while this shell lives.
  EXPECT_TRUE(Has(talk.Type("\x1b[A\r"), "\r\n1.0000\r\n"));
  talk.child().Send("\x04");
  EXPECT_EQ(talk.child().Finish().exit_code, 0);
}

TEST(Shell, CtrlCLeavesALineAndNotTheShell) {
  const Workspace workspace;
  workspace.MakeStore();
  Conversation talk(workspace);
  EXPECT_TRUE(Has(talk.Type("similarity king nob\x03"), "^C\r\n"));
  EXPECT_TRUE(Has(talk.Type("similarity king king\r"), "\r\n1.0000\r\n"));
  talk.child().Send("\x04");
  EXPECT_EQ(talk.child().Finish().exit_code, 0);
  EXPECT_FALSE(Has(workspace.Read(".local/state/wordkin/history"), "nob"));
}

constexpr const char* kLongCommand = "cluster -k 100 --beginnings 30";

TEST(Shell, CtrlCEndsALongCommandAndNotTheShell) {
  const Workspace workspace;
  workspace.MakeBigStore();
  ASSERT_EQ(RunShell("mv big.kin v.kin; mkfifo pipe", workspace.path()).exit_code, 0);
  Conversation talk(workspace);
  talk.Type(std::string(kLongCommand) + "\r", "clustering");
  EXPECT_TRUE(Has(talk.Type("\x03"), "interrupted; nothing is written"));
  EXPECT_TRUE(Has(talk.Type("similarity w1 w1\r"), "\r\n1.0000\r\n"));
  talk.child().Send("\x04");
  EXPECT_EQ(talk.child().Finish().exit_code, 0);
}

TEST(Shell, CtrlCEndsAShellThatReadsAPipe) {
  const Workspace workspace;
  workspace.MakeBigStore();
  Child child("exec wordkin shell big.kin 2> log", workspace.path());
  child.Send(std::string(kLongCommand) + "\nsimilarity w1 w1\n");
  ASSERT_TRUE(WaitForText(workspace.File("log"), "clustering: "));
  child.Signal(SIGINT);
  const Outcome outcome = child.Finish();
  EXPECT_EQ(outcome.exit_code, 130);
  EXPECT_EQ(outcome.output, "");
  EXPECT_TRUE(Has(workspace.Read("log"), "interrupted; nothing is written"));
}

TEST(Shell, ADumbTerminalGetsAPromptAndNoEditing) {
  const Workspace workspace;
  workspace.MakeStore();
  Conversation talk(workspace, " -q", {{"TERM", "dumb"}});
  EXPECT_EQ(talk.greeting(), kPrompt);
  EXPECT_EQ(talk.Type("similarity king king\n"), "similarity king king\r\n1.0000\r\nv.kin> ");
  talk.child().Send("\x04");
  const Outcome outcome = talk.child().Finish();
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_FALSE(Has(outcome.output, "\x1b"));
}

TEST(Shell, AProgramCanTalkToItOverPipes) {
  const Workspace workspace;
  workspace.MakeStore();
  Child child("exec wordkin shell v.kin", workspace.path());
  child.Send("similarity king king\n");
  // The answer comes while the pipe is still open.
  EXPECT_EQ(child.ReadLine(), "1.0000\n");
  child.Send("king --json -k 1\n");
  EXPECT_TRUE(child.ReadLine().starts_with("{\"query\":\"king\""));
  // A command that reads standard input does not wait for the shell's.
  child.Send("evaluate --analogies -\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  child.Send("similarity king king\n");
  EXPECT_TRUE(child.ReadUntil("1.0000\n").ends_with("1.0000\n"));
  child.CloseInput();
  EXPECT_EQ(child.Finish().exit_code, 0);
}

}  // namespace
}  // namespace wordkin::cli_test
