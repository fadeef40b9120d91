#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace wordkin::cli {

// What those who write the table of commands down need of it. "Dashed" names are as one types them.

// The options of a command, those that every command takes behind its own.
std::vector<Option> AllOptions(const Command& command);

// "--count" and "-k", the second where there is one.
std::vector<std::string> DashedNames(const Option& option);

// Whether a value stands behind the option.
bool TakesValue(const Option& option);

// What can be chosen; empty where it is no kChoice and has no suggestions. For the positional
// [COMMAND] all commands.
std::vector<std::string_view> Choices(const Option& option);
std::vector<std::string_view> Choices(const Positional& positional);

// "[WORD...]" -> "WORD"
std::string_view BareLabel(const Positional& positional);
// Whether any number of arguments may stand in its place.
bool Repeats(const Positional& positional);

// 'words' with 'separator' between them.
std::string JoinedBy(const std::vector<std::string_view>& words, std::string_view separator);

// 'text' with 'escape' before each of the characters of 'special'.
std::string Escaped(std::string_view text, std::string_view special, std::string_view escape);

}  // namespace wordkin::cli
