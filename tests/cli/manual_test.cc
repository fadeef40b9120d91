// The man page and the completions, in the programs that read them, where those are installed.

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "tests/cli/process.h"

namespace wordkin::cli_test {
namespace {

bool IsInstalled(const Workspace& workspace, const std::string& program) {
  return RunShell("command -v " + program, workspace.path()).exit_code == 0;
}

// As scripts/test does, which installs them all.
bool ToolsAreRequired() { return std::getenv("WORDKIN_TEST_TOOLS") != nullptr; }

// Tests of a program that Wordkin does not need are left out, and say so; where all tools are
// required they fail.
#define SKIP_WITHOUT(program)                                                     \
  if (!IsInstalled(workspace, program)) {                                         \
    ASSERT_FALSE(ToolsAreRequired()) << "'" << (program) << "' is not installed"; \
    GTEST_SKIP() << "'" << (program) << "' is not installed";                     \
  }                                                                               \
  static_assert(true)

// What bash offers behind 'words', each of which is one of COMP_WORDS; a line each.
std::string OfferedByBash(const Workspace& workspace, const std::string& words) {
  workspace.Write("ask.bash", "set -u\nsource <(wordkin completions bash)\nCOMP_WORDS=(" + words +
                                  ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_wordkin\n"
                                  "printf '%s\\n' \"${COMPREPLY[@]}\"\n");
  const Outcome outcome = RunShell("bash ask.bash", workspace.path());
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.error, "");
  return outcome.output == "\n" ? "" : outcome.output;
}

TEST(BashCompletion, CompletesCommandsOptionsChoicesAndFiles) {
  const Workspace workspace;
  SKIP_WITHOUT("bash");
  const auto offered = [&](const std::string& words) { return OfferedByBash(workspace, words); };
  EXPECT_EQ(offered("wordkin neigh"), "neighbors\n");
  EXPECT_EQ(offered("wordkin --v"), "--version\n");
  EXPECT_EQ(offered("wordkin help odd"), "odd-one-out\n");
  EXPECT_EQ(offered("wordkin train sk"), "skipgram\n");
  EXPECT_EQ(offered("wordkin neighbors --se"), "--search\n");
  EXPECT_EQ(offered("wordkin neighbors --search ''"), "auto\nexact\nhnsw\n");
  // As bash parts --search=e, and as it does without '=' in COMP_WORDBREAKS.
  EXPECT_EQ(offered("wordkin neighbors --search = e"), "exact\n");
  EXPECT_EQ(offered("wordkin neighbors --search ="), "auto\nexact\nhnsw\n");
  EXPECT_EQ(offered("wordkin neighbors --search=e"), "--search=exact\n");
  EXPECT_EQ(offered("wordkin nothing --x"), "");
}

TEST(BashCompletion, TellsFilesFromWords) {
  const Workspace workspace;
  SKIP_WITHOUT("bash");
  workspace.Write("my vectors.kin", "");
  workspace.Write("other.txt", "");
  const auto offered = [&](const std::string& words) { return OfferedByBash(workspace, words); };
  EXPECT_EQ(offered("wordkin neighbors m"), "my vectors.kin\n");
  EXPECT_EQ(offered("wordkin neighbors v.kin m"), "");
  EXPECT_EQ(offered("wordkin neighbors -k 3 m"), "my vectors.kin\n");
  EXPECT_EQ(offered("wordkin neighbors -k m"), "");
  EXPECT_EQ(offered("wordkin neighbors --min-score -0.5 m"), "my vectors.kin\n");
  EXPECT_EQ(offered("wordkin neighbors v.kin --exclude o"), "other.txt\n");
  EXPECT_EQ(offered("wordkin train m"), "");
  EXPECT_EQ(offered("wordkin train cbow m"), "my vectors.kin\n");
  EXPECT_EQ(offered("wordkin train cbow a b m"), "my vectors.kin\n");
  // Takes all that follow: none of them is the store.
  EXPECT_EQ(offered("wordkin evaluate v.kin --analogies a o"), "other.txt\n");
}

TEST(ZshCompletion, IsReadWithoutComplaint) {
  const Workspace workspace;
  SKIP_WITHOUT("zsh");
  const Outcome outcome = RunShell(
      "wordkin completions zsh > _wordkin && zsh -n _wordkin && zsh -f -c 'autoload -Uz "
      "compinit; compinit -D -u; source ./_wordkin; echo $_comps[wordkin]'",
      workspace.path());
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.output, "_wordkin\n");
}

TEST(FishCompletion, CompletesCommandsOptionsChoicesAndFiles) {
  const Workspace workspace;
  SKIP_WITHOUT("fish");
  workspace.Write("v.kin", "");
  const auto offered = [&](const std::string& line) {
    const Outcome outcome = RunShell(
        "wordkin completions fish > wordkin.fish && fish -n wordkin.fish && "
        "fish --no-config -c 'source wordkin.fish; complete -C \"" +
            line + "\"' | cut -f 1",
        workspace.path(), "", {{"HOME", workspace.path()}});
    EXPECT_EQ(outcome.error, "") << line;
    return outcome.output;
  };
  EXPECT_EQ(offered("wordkin neigh"), "neighbors\n");
  EXPECT_EQ(offered("wordkin neighbors --sear"), "--search\n");
  EXPECT_EQ(offered("wordkin neighbors --search "), "auto\nexact\nhnsw\n");
  EXPECT_EQ(offered("wordkin neighbors v"), "v.kin\n");
  EXPECT_EQ(offered("wordkin completions b"), "bash\n");
}

TEST(ManPage, ManFormatsItWithoutAWarning) {
  const Workspace workspace;
  SKIP_WITHOUT("man");
  SKIP_WITHOUT("col");
  const Outcome outcome = RunShell(
      "wordkin help --man > wordkin.1; MANWIDTH=80 man -l --warnings=w "
      "./wordkin.1 2> warnings | col -bx; cat warnings >&2",
      workspace.path(), "", {{"LC_ALL", "C.UTF-8"}});
  EXPECT_EQ(outcome.error, "");
  EXPECT_NE(outcome.output.find("wordkin neighbors v.kin king - man + woman"), std::string::npos);
  EXPECT_NE(outcome.output.find("--match '^[a-z]+$'"), std::string::npos) << outcome.output;
}

TEST(ManPage, MandocFindsNothingWrong) {
  const Workspace workspace;
  SKIP_WITHOUT("mandoc");
  const Outcome outcome = RunShell(
      "wordkin help --man > wordkin.1; mandoc -T lint -W warning wordkin.1", workspace.path());
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.output, "");
}

TEST(Install, PutsProgramPageAndCompletionsWhereTheyAreLookedFor) {
  const Workspace workspace;
  const Outcome outcome = RunShell("cmake --install '" WORDKIN_BUILD_FOLDER
                                   "' --prefix usr > log && "
                                   "cd usr && find . -type f | sort",
                                   workspace.path());
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.output,
            "./bin/wordkin\n"
            "./share/bash-completion/completions/wordkin\n"
            "./share/fish/vendor_completions.d/wordkin.fish\n"
            "./share/man/man1/wordkin.1\n"
            "./share/zsh/site-functions/_wordkin\n");
  EXPECT_TRUE(workspace.Read("usr/share/zsh/site-functions/_wordkin").starts_with("#compdef"));
  EXPECT_EQ(RunShell("usr/bin/wordkin --version", workspace.path()).exit_code, 0);
}

}  // namespace
}  // namespace wordkin::cli_test
