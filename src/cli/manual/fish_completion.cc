#include <algorithm>

#include "cli/command_table.h"
#include "cli/manual/completions.h"
#include "cli/manual/table_reading.h"

namespace wordkin::cli {
namespace {

constexpr std::string_view kFishFunctions = R"(
# Whether a command is still to be named, or $argv[1] is it.
function __wordkin_has_no_command
    test (count (commandline -opc)) -eq 1
end
function __wordkin_is
    set -l words (commandline -opc)
    test (count $words) -ge 2; and test $words[2] = $argv[1]
end

complete -c wordkin -f
complete -c wordkin -n __wordkin_has_no_command -l version -d 'the version and the instruction set'
complete -c wordkin -n __wordkin_has_no_command -l help -s h -d 'what wordkin can do'
)";

std::string FishQuoted(std::string_view text) { return "'" + Escaped(text, "\\'", "\\") + "'"; }

std::string ForCommand(const Command& command) {
  return "complete -c wordkin -n '__wordkin_is " + std::string(command.name) + "'";
}

// -x: takes a value, which is no file; -r -F: takes a file.
std::string OptionLine(const Command& command, const Option& option) {
  std::string line = ForCommand(command) + " -l " + std::string(option.name);
  if (option.letter != 0) line += std::string(" -s ") + option.letter;
  if (option.kind == ValueKind::kFile) {
    line += " -r -F";
  } else if (TakesValue(option)) {
    line += " -x";
  }
  const std::vector<std::string_view> choices = Choices(option);
  if (!choices.empty()) line += " -a " + FishQuoted(JoinedBy(choices, " "));
  return line + " -d " + FishQuoted(option.description) + "\n";
}

std::string PositionalLines(const Command& command) {
  std::string lines;
  for (const Positional& positional : command.positionals) {
    const std::vector<std::string_view> choices = Choices(positional);
    if (choices.empty()) continue;
    lines += ForCommand(command) + " -a " + FishQuoted(JoinedBy(choices, " ")) + "\n";
  }
  const bool takes_files = std::ranges::any_of(
      command.positionals, [](const Positional& each) { return each.kind == ValueKind::kFile; });
  return takes_files ? lines + ForCommand(command) + " -F\n" : lines;
}

}  // namespace

std::string FishCompletion() {
  std::string text = "# fish completion for wordkin, written by 'wordkin completions fish'\n" +
                     std::string(kFishFunctions);
  for (const Command* command : Commands()) {
    text += "complete -c wordkin -n __wordkin_has_no_command -a " + std::string(command->name) +
            " -d " + FishQuoted(command->summary) + "\n";
  }
  for (const Command* command : Commands()) {
    text += "\n" + PositionalLines(*command);
    for (const Option& option : AllOptions(*command)) text += OptionLine(*command, option);
  }
  return text;
}

}  // namespace wordkin::cli
