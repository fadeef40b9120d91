#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"
#include "cli/console.h"

namespace wordkin::cli {

inline constexpr std::string_view kProgramPurpose =
    "wordkin trains word vectors on your own text, keeps them in one small checked file, and "
    "answers which words are near which.";

// The program's own help: purpose, usage, the first steps, all commands.
std::string ProgramHelp(const Console& console);
// A command's: purpose, usage, examples, arguments, options, exit codes.
std::string CommandHelp(const Command& command, const Console& console);
// "wordkin neighbors FILE [WORD...] [options]"
std::string UsageLine(const Command& command);
// "-o FILE", as a usage line shows an option that must be there.
std::string RequiredText(const Option& option);
std::string VersionText();

// Ends of error messages: where to read more.
std::string SeeHelp(const Command& command);
std::string SeeUsage(const Command& command);

}  // namespace wordkin::cli
