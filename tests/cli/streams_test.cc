// Pipes and terminals: conversations, readers that leave, progress bars and colours.

#include <gtest/gtest.h>
#include <signal.h>

#include <regex>
#include <string>

#include "tests/cli/process.h"

namespace wordkin::cli_test {
namespace {

bool Matches(const std::string& text, const std::string& pattern) {
  return std::regex_search(text, std::regex(pattern));
}

TEST(Streams, AProgramCanTalkToABatchOverPipes) {
  const Workspace workspace;
  workspace.MakeStore();
  Child child("exec wordkin neighbors v.kin -k 1 --json", workspace.path());
  for (const std::string word : {"king", "apple", "nobody", "car"}) {
    child.Send(word + "\n");
    // The answer comes while the pipe is still open.
    EXPECT_TRUE(child.ReadLine().starts_with("{\"query\":\"" + word + "\","));
  }
  child.CloseInput();
  EXPECT_EQ(child.Finish().exit_code, 1);
}

TEST(Streams, AReaderThatLeavesEndsABatchQuietly) {
  const Workspace workspace;
  workspace.MakeStore();
  const Outcome outcome = RunShell(
      "yes king | { wordkin neighbors v.kin; echo $? > code; } | head -n 1", workspace.path());
  EXPECT_EQ(workspace.Read("code"), "0\n");
  EXPECT_TRUE(outcome.output.starts_with("king\t"));
  EXPECT_EQ(outcome.error, "");
}

TEST(Streams, ATerminalGetsAProgressBarAndAClosingLine) {
  const Workspace workspace;
  workspace.WriteCorpus();
  Child child("wordkin train skipgram corpus.txt -o v.kin --dimension 16 --epochs 3",
              workspace.path(), {}, Child::Streams::kTerminal);
  const Outcome outcome = child.Finish();
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_TRUE(Matches(outcome.output,
                      "\r[a-z]+ \\[[#.]{20}\\] [0-9]+ %  epoch [0-9]+/3, [0-9.]+ "
                      "([kM] )?words/s, loss [0-9.]+"))
      << outcome.output;
  EXPECT_TRUE(Matches(outcome.output, "\\x1b\\[Kwrote v\\.kin: 22 words x 16")) << outcome.output;
}

TEST(Streams, ADumbTerminalGetsLines) {
  const Workspace workspace;
  workspace.WriteCorpus();
  Child child("wordkin train skipgram corpus.txt -o v.kin --dimension 8 --epochs 2",
              workspace.path(), {{"TERM", "dumb"}}, Child::Streams::kTerminal);
  const Outcome outcome = child.Finish();
  EXPECT_EQ(outcome.output.find('\x1b'), std::string::npos) << outcome.output;
  EXPECT_NE(outcome.output.find("training: 100 %"), std::string::npos) << outcome.output;
}

TEST(Streams, ATerminalGetsColourUnlessTheVariablesForbidIt) {
  const Workspace workspace;
  workspace.MakeStore();
  const std::string line = "wordkin neighbors v.kin king apple nobody -k 1";
  const auto show = [&](const Environment& environment, const std::string& option) {
    Child child(line + option, workspace.path(), environment, Child::Streams::kTerminal);
    return child.Finish().output;
  };
  EXPECT_NE(show({}, "").find("\x1b[1mking"), std::string::npos);
  EXPECT_NE(show({}, "").find("\x1b[1;31mwordkin:"), std::string::npos);
  EXPECT_EQ(show({{"NO_COLOR", "1"}}, "").find('\x1b'), std::string::npos);
  EXPECT_EQ(show({{"TERM", "dumb"}}, "").find('\x1b'), std::string::npos);
  EXPECT_EQ(show({}, " --color never").find('\x1b'), std::string::npos);
  EXPECT_NE(show({{"NO_COLOR", "1"}}, " --color always").find('\x1b'), std::string::npos);
}

TEST(Streams, TextsFoundAreCutToATerminalAndNowhereElse) {
  const Workspace workspace;
  workspace.MakeStore();
  std::string text = "king";
  for (int i = 0; i < 50; ++i) text += " queen";
  workspace.Write("texts.txt", text + "\n");
  ASSERT_EQ(
      RunShell("wordkin embed-text v.kin texts.txt -o docs.kin -q", workspace.path()).exit_code, 0);
  Child child("wordkin search docs.kin king", workspace.path(), {}, Child::Streams::kTerminal);
  const std::string shown = child.Finish().output;
  EXPECT_EQ(shown.find("\r\n"), 80u) << shown;
  EXPECT_TRUE(Matches(shown, "queen que?e?n?\\.\\.\\.\r\n$")) << shown;
  const Outcome piped = RunShell("wordkin search docs.kin king", workspace.path());
  EXPECT_TRUE(piped.output.ends_with("  1  " + text + "\n")) << piped.output;
}

TEST(Streams, APersonAtTheTerminalIsAskedForDocumentIdsWhereThereAreNoWords) {
  const Workspace workspace;
  workspace.MakeStore();
  workspace.Write("texts.txt", "king\n");
  ASSERT_EQ(
      RunShell("wordkin embed-text v.kin texts.txt -o docs.kin -q", workspace.path()).exit_code, 0);
  Child child("wordkin neighbors docs.kin", workspace.path(), {}, Child::Streams::kTerminal);
  EXPECT_EQ(child.ReadLine(),
            "Reading from the terminal: one document id a line; Ctrl-D ends.\r\n");
}

TEST(Streams, AProgramCanTalkToASearchOverPipes) {
  const Workspace workspace;
  workspace.MakeStore();
  workspace.Write("texts.txt", "king\napple\n");
  ASSERT_EQ(
      RunShell("wordkin embed-text v.kin texts.txt -o docs.kin -q", workspace.path()).exit_code, 0);
  Child child("exec wordkin search docs.kin -k 1", workspace.path());
  for (const std::string word : {"king", "apple"}) {
    child.Send(word + "\n");
    EXPECT_TRUE(child.ReadLine().starts_with(word + "\t1.0000\t"));
  }
  child.CloseInput();
  EXPECT_EQ(child.Finish().exit_code, 0);
}

TEST(Streams, APersonAtTheTerminalGetsTables) {
  const Workspace workspace;
  workspace.MakeStore();
  Child child("wordkin neighbors v.kin -k 2 --color never", workspace.path(), {},
              Child::Streams::kTerminal);
  child.Send("king\n\x04");
  const Outcome outcome = child.Finish();
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_NE(outcome.output.find("Ctrl-D ends"), std::string::npos) << outcome.output;
  EXPECT_TRUE(Matches(outcome.output, "king\r\n  0\\.[0-9]{4}  [a-z]+\r\n")) << outcome.output;
}

}  // namespace
}  // namespace wordkin::cli_test
