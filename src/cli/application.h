#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/console.h"

namespace wordkin::cli {

// Runs the program on the words after its name and returns its exit code. Throws wordkin::Error for
// what ends a command, ClosedPipe when the reader of the results has gone.
int RunApplication(const std::vector<std::string>& words, Console& console);

// The same for one command and the words after its name; the console is not flushed.
int RunCommand(const Command& command, const std::vector<std::string>& words, Console& console);

}  // namespace wordkin::cli
