#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/console.h"

namespace wordkin::cli {

inline constexpr std::string_view kProgramPurpose =
    "wordkin trains word vectors on your own text, keeps them in one small checked file, and "
    "answers which words are near which.";

// Two columns; what is too wide on the left gets a line of its own.
struct HelpRow {
  std::string left;
  std::string right;
};
std::string HelpTable(const std::vector<HelpRow>& rows, std::size_t widest_left);
// Lines of 80 columns.
std::string WrappedText(std::string_view text);

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
