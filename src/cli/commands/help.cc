#include "cli/arguments.h"
#include "cli/command_table.h"
#include "cli/commands/all_commands.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/help_text.h"
#include "cli/manual/man_page.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace help_command {
namespace {

int Run(const Arguments& arguments, Console& console) {
  if (arguments.Has("man")) {
    if (!arguments.positionals().empty()) {
      throw Error(ErrorKind::kUsage, "--man writes one page of all commands, not of one");
    }
    console.Write(ManPage());
  } else if (arguments.positionals().empty()) {
    console.Write(ProgramHelp(console));
  } else {
    console.Write(CommandHelp(FindCommand(arguments.positionals().front()), console));
  }
  return kDone;
}

constexpr Positional kPositionals[] = {
    {"[COMMAND]", "the command to tell about; none: all", ValueKind::kChoice}};
constexpr Example kExamples[] = {
    {"help", "what wordkin is for and what it can do"},
    {"help train", "how to train, with every option"},
    {"help --man > wordkin.1", "all of it as a page for 'man -l wordkin.1'"},
};
constexpr Option kOptions[] = {
    {.name = "man", .description = "write the man page of all commands, in roff"},
};

}  // namespace
}  // namespace help_command

const Command kHelpCommand = {
    .name = "help",
    .summary = "tell about a command",
    .description = "'wordkin COMMAND --help' says the same.",
    .positionals = help_command::kPositionals,
    .maximum_positionals = 1,
    .examples = help_command::kExamples,
    .options = help_command::kOptions,
    .run = help_command::Run,
};

}  // namespace wordkin::cli
