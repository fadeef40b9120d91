#include "cli/shell/shell_commands.h"

#include "cli/command_table.h"
#include "cli/commands/all_commands.h"
#include "cli/manual/table_reading.h"

namespace wordkin::cli {

bool IsShellCommand(const Command& command) {
  if (&command == &kShellCommand || command.positionals.empty()) return false;
  const Positional& first = command.positionals.front();
  return BareLabel(first) == "FILE" && !Repeats(first);
}

std::vector<const Command*> ShellCommands() {
  std::vector<const Command*> commands;
  for (const Command* command : Commands()) {
    if (IsShellCommand(*command)) commands.push_back(command);
  }
  return commands;
}

const Command* FindShellCommand(std::string_view name) {
  for (const Command* command : ShellCommands()) {
    if (command->name == name) return command;
  }
  return nullptr;
}

bool EndsShell(std::string_view word) { return word == "quit" || word == "exit"; }

}  // namespace wordkin::cli
