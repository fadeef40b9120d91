#include "cli/application.h"

#include <algorithm>

#include "cli/arguments.h"
#include "cli/command_table.h"
#include "cli/exit_codes.h"
#include "cli/help_text.h"
#include "common/math/instruction_set.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace {

// Help is given even when the rest of the line would be refused.
bool AsksForHelp(const std::vector<std::string>& words) {
  const auto end = std::find(words.begin(), words.end(), "--");
  return std::any_of(words.begin(), end,
                     [](const std::string& word) { return word == "-h" || word == "--help"; });
}

}  // namespace

int RunCommand(const Command& command, const std::vector<std::string>& words, Console& console) {
  if (AsksForHelp(words)) {
    console.Write(CommandHelp(command, console));
    return kDone;
  }
  const Arguments arguments(command, words);
  console.SetColor(arguments.Choose<ColorChoice>("color", {{"auto", ColorChoice::kAuto},
                                                           {"always", ColorChoice::kAlways},
                                                           {"never", ColorChoice::kNever}}));
  return command.run(arguments, console);
}

int RunApplication(const std::vector<std::string>& words, Console& console) {
  UseInstructionSetFromEnvironment();
  if (words.empty()) {
    // Emphasis is settled by standard output, which this does not go to.
    console.SetColor(ColorChoice::kNever);
    console.Note(ProgramHelp(console));
    return kWrongUsage;
  }
  const std::string& first = words.front();
  int exit_code = kDone;
  if (first == "-h" || first == "--help") {
    console.Write(ProgramHelp(console));
  } else if (first == "--version") {
    console.Write(VersionText());
  } else if (first.starts_with('-')) {
    throw Error(ErrorKind::kUsage, "a command comes first, not '" + first +
                                       "'\nSee 'wordkin help' for those there are.");
  } else {
    exit_code = RunCommand(FindCommand(first), {words.begin() + 1, words.end()}, console);
  }
  console.Flush();
  return exit_code;
}

}  // namespace wordkin::cli
