#include "cli/help_text.h"

#include <algorithm>
#include <vector>

#include "cli/command_table.h"
#include "cli/common_options.h"
#include "cli/exit_codes.h"
#include "common/math/instruction_set.h"

namespace wordkin::cli {
namespace {

constexpr std::size_t kHelpWidth = 80;
// Shown as a space, but no line is broken there.
constexpr char kTiedSpace = '\x1F';

// Breaks 'text' at spaces so that lines end before kHelpWidth; lines after the first start at
// 'indent', the first where the cursor is: 'column'.
std::string Wrap(std::string_view text, std::size_t indent, std::size_t column) {
  std::string wrapped;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    if (column > indent && column + 1 + end > kHelpWidth) {
      wrapped += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      wrapped += " ";
      ++column;
    }
    wrapped += text.substr(0, end);
    column += end;
    if (end < text.size() && text[end] == '\n') {
      wrapped += "\n" + std::string(indent, ' ');
      column = indent;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  std::ranges::replace(wrapped, kTiedSpace, ' ');
  return wrapped + "\n";
}

HelpRow OptionRow(const Option& option) {
  std::string left = option.letter == 0 ? "    " : std::string("-") + option.letter + ", ";
  left += "--" + std::string(option.name);
  if (!option.value_name.empty()) left += " " + std::string(option.value_name);
  if (option.repeatable) left += "...";
  std::string right(option.description);
  if (!option.default_value.empty()) {
    std::string note = "(default: " + std::string(option.default_value) + ")";
    std::ranges::replace(note, ' ', kTiedSpace);
    right += " " + note;
  }
  return {left, right};
}

std::string OptionTable(const Command& command) {
  std::vector<HelpRow> rows;
  for (const Option& option : command.options) rows.push_back(OptionRow(option));
  for (const Option& option : kUniversalOptions) rows.push_back(OptionRow(option));
  return HelpTable(rows, 28);
}

std::string ExitCodeLines(const Console& console) {
  std::string text;
  for (const auto& [code, meaning] : kExitCodeMeanings) {
    text += (text.empty() ? "" : ", ") + std::to_string(code) + " " + std::string(meaning);
  }
  return "\n" + console.Bold("Exit codes:") + Wrap(text + ".", 0, 11);
}

std::string ExampleLines(const Command& command) {
  std::string text;
  for (const Example& example : command.examples) {
    text += "  " + Wrap("# " + std::string(example.purpose), 2, 2);
    text += "  wordkin " + std::string(example.command_line) + "\n";
  }
  return text;
}

}  // namespace

std::string HelpTable(const std::vector<HelpRow>& rows, std::size_t widest_left) {
  std::size_t width = 0;
  for (const HelpRow& row : rows) {
    if (row.left.size() <= widest_left) width = std::max(width, row.left.size());
  }
  const std::size_t indent = 2 + width + 2;
  std::string text;
  for (const HelpRow& row : rows) {
    text += "  " + row.left;
    if (row.left.size() > width) {
      text += "\n" + std::string(indent, ' ');
    } else {
      text += std::string(indent - 2 - row.left.size(), ' ');
    }
    text += Wrap(row.right, indent, indent);
  }
  return text;
}

std::string WrappedText(std::string_view text) { return Wrap(text, 0, 0); }

std::string ProgramHelp(const Console& console) {
  std::string text = Wrap(kProgramPurpose, 0, 0);
  text += "\n" + console.Bold("Usage:") + " wordkin COMMAND [arguments] [options]\n";
  text += "\n" + console.Bold("First steps:") + "\n";
  text += "  wordkin train skipgram corpus.txt -o v.kin\n";
  text += "  wordkin neighbors v.kin king\n";
  text += "  wordkin analogy v.kin man king woman\n";
  text += "\n" + console.Bold("Commands:") + "\n";
  std::vector<HelpRow> rows;
  for (const Command* command : Commands()) {
    rows.push_back({std::string(command->name), std::string(command->summary)});
  }
  text += HelpTable(rows, 20);
  text += "\n" + Wrap(
                     "'wordkin help COMMAND' tells more about one; 'wordkin --version' names the "
                     "version and the instruction set in use.",
                     0, 0);
  return text + ExitCodeLines(console);
}

std::string CommandHelp(const Command& command, const Console& console) {
  std::string text = "wordkin " + std::string(command.name) + ": " + std::string(command.summary);
  text += "\n\n" + console.Bold("Usage:") + " " + UsageLine(command) + "\n";
  text += "\n" + console.Bold("Examples:") + "\n" + ExampleLines(command);
  text += "\n" + Wrap(command.description, 0, 0);
  if (!command.positionals.empty()) {
    std::vector<HelpRow> rows;
    for (const Positional& positional : command.positionals) {
      rows.push_back({std::string(positional.label), std::string(positional.description)});
    }
    text += "\n" + console.Bold("Arguments:") + "\n" + HelpTable(rows, 20);
  }
  text += "\n" + console.Bold("Options:") + "\n" + OptionTable(command);
  return text + ExitCodeLines(console);
}

std::string UsageLine(const Command& command) {
  std::string line = "wordkin " + std::string(command.name);
  for (const Positional& positional : command.positionals) {
    line += " " + std::string(positional.label);
  }
  for (const Option& option : command.options) {
    if (option.required) line += " " + RequiredText(option);
  }
  return line + (command.options.empty() ? "" : " [options]");
}

std::string RequiredText(const Option& option) {
  const std::string name =
      option.letter == 0 ? "--" + std::string(option.name) : std::string("-") + option.letter;
  return name + " " + std::string(option.value_name);
}

std::string VersionText() {
  std::string others;
  for (const std::string& name : AvailableInstructionSets()) {
    others += (others.empty() ? "" : ", ") + name;
  }
  return "wordkin " WORDKIN_VERSION "\ninstruction set " + ActiveInstructionSet() +
         " (WORDKIN_INSTRUCTION_SET chooses: " + others + ")\n";
}

std::string SeeHelp(const Command& command) {
  return "\nSee 'wordkin help " + std::string(command.name) + "'.";
}

std::string SeeUsage(const Command& command) {
  return "\nUsage: " + UsageLine(command) + SeeHelp(command);
}

}  // namespace wordkin::cli
