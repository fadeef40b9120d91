#pragma once

#include <string>

namespace wordkin::cli {

// Scripts that complete wordkin's commands, options and values in a shell, from the table of
// commands: choices are offered, files where files are wanted, and nothing for words and numbers.
// They need nothing but the shell, and do not run wordkin.
std::string BashCompletion();
std::string ZshCompletion();
std::string FishCompletion();

}  // namespace wordkin::cli
