#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace wordkin::cli {

// Whether a command can be given in a shell, which fills in its FILE: that stands first, and it is
// no shell itself.
bool IsShellCommand(const Command& command);
// Those, in the order of the table.
std::vector<const Command*> ShellCommands();
// nullptr: none of that name.
const Command* FindShellCommand(std::string_view name);

// What a line may begin with beside those: "help", "quit", "exit".
inline constexpr std::string_view kShellHelp = "help";
bool EndsShell(std::string_view word);

}  // namespace wordkin::cli
