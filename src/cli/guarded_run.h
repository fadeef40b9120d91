#pragma once

#include <functional>
#include <string_view>

#include "cli/console.h"

namespace wordkin::cli {

// Returns what 'run' returns, the exit code of 'command'. What it throws becomes a message behind
// the answers written so far, and an exit code; ClosedPipe passes.
int RunGuarded(std::string_view command, Console& console, const std::function<int()>& run);

}  // namespace wordkin::cli
