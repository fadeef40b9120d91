#include "cli/manual/completions.h"
#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace completions_command {
namespace {

struct Shell {
  std::string_view name;
  std::string (*script)();
};
constexpr Shell kShells[] = {
    {"bash", BashCompletion}, {"zsh", ZshCompletion}, {"fish", FishCompletion}};

int Run(const Arguments& arguments, Console& console) {
  const std::string& name = arguments.positionals().front();
  for (const Shell& shell : kShells) {
    if (shell.name != name) continue;
    console.Write(shell.script());
    return kDone;
  }
  throw Error(ErrorKind::kUsage,
              "there are completions for bash, zsh and fish, not for '" + name + "'");
}

constexpr Positional kPositionals[] = {{"bash|zsh|fish", "the shell", ValueKind::kChoice}};
constexpr Example kExamples[] = {
    {"completions bash > ~/.local/share/bash-completion/completions/wordkin",
     "for bash with its package bash-completion"},
    {"completions zsh > ~/.zfunc/_wordkin",
     "for zsh, where ~/.zfunc is one of the folders in fpath"},
    {"completions fish > ~/.config/fish/completions/wordkin.fish", "for fish"},
};

}  // namespace
}  // namespace completions_command

const Command kCompletionsCommand = {
    .name = "completions",
    .summary = "write what a shell needs to complete commands and options",
    .description =
        "The script completes commands, options, choices and names of files when Tab is pressed. "
        "An installed wordkin has brought it along. To try it at once in bash: "
        "source <(wordkin completions bash)",
    .positionals = completions_command::kPositionals,
    .minimum_positionals = 1,
    .maximum_positionals = 1,
    .examples = completions_command::kExamples,
    .options = {},
    .run = completions_command::Run,
};

}  // namespace wordkin::cli
