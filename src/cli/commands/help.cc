#include "cli/arguments.h"
#include "cli/command_table.h"
#include "cli/commands/all_commands.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/help_text.h"

namespace wordkin::cli {
namespace {

int Run(const Arguments& arguments, Console& console) {
  if (arguments.positionals().empty()) {
    console.Write(ProgramHelp(console));
  } else {
    console.Write(CommandHelp(FindCommand(arguments.positionals().front()), console));
  }
  return kDone;
}

constexpr Positional kPositionals[] = {{"[COMMAND]", "the command to tell about; none: all"}};
constexpr Example kExamples[] = {
    {"help", "what wordkin is for and what it can do"},
    {"help train", "how to train, with every option"},
};

}  // namespace

const Command kHelpCommand = {
    .name = "help",
    .summary = "tell about a command",
    .description = "'wordkin COMMAND --help' says the same.",
    .positionals = kPositionals,
    .maximum_positionals = 1,
    .examples = kExamples,
    .options = {},
    .run = Run,
};

}  // namespace wordkin::cli
