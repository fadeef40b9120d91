#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/command.h"

namespace wordkin::cli {

// Every command, in the order in which help lists them.
std::span<const Command* const> Commands();

// Throws kUsage, with suggestions, when there is none of that name.
const Command& FindCommand(std::string_view name);

}  // namespace wordkin::cli
