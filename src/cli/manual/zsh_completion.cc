#include <cstddef>

#include "cli/command_table.h"
#include "cli/manual/completions.h"
#include "cli/manual/table_reading.h"

namespace wordkin::cli {
namespace {

// In single quotes; what stands there is taken as it is.
std::string ZshQuoted(std::string_view text) {
  std::string quoted = "'";
  for (const char character : text) {
    quoted += character == '\'' ? "'\\''" : std::string(1, character);
  }
  return quoted + "'";
}

// For a message or description in a specification of _arguments.
std::string SpecificationText(std::string_view text) { return Escaped(text, "\\[]:", "\\"); }

std::string Action(ValueKind kind, const std::vector<std::string_view>& choices) {
  if (kind == ValueKind::kFile) return "_files";
  return choices.empty() ? " " : "(" + JoinedBy(choices, " ") + ")";
}

// "'(-k --count)'{-k+,--count=}'[how many]:N: '"; what a repeatable one takes goes on to the next
// option.
std::string OptionSpecification(const Option& option) {
  const std::string name = "--" + std::string(option.name) + (TakesValue(option) ? "=" : "");
  std::string tail = "[" + SpecificationText(option.description) + "]";
  if (TakesValue(option)) {
    const std::string message = option.kind == ValueKind::kChoice
                                    ? std::string(option.name)
                                    : SpecificationText(option.value_name);
    tail += std::string(option.repeatable ? ":*-*" : "") + ":" + message + ":" +
            Action(option.kind, Choices(option));
  }
  const std::string star = option.repeatable ? "*" : "";
  if (option.letter == 0) return ZshQuoted(star + name + tail);
  const std::string letter = std::string("-") + option.letter;
  const std::string others =
      option.repeatable ? "*" : "(" + letter + " --" + std::string(option.name) + ")";
  return ZshQuoted(others) + "{" + letter + (TakesValue(option) ? "+" : "") + "," + name + "}" +
         ZshQuoted(tail);
}

std::string PositionalSpecification(const Positional& positional, std::size_t place) {
  const std::string_view label = BareLabel(positional);
  const bool lists_choices = label.find('|') != std::string_view::npos;
  return ZshQuoted((Repeats(positional) ? "*" : std::to_string(place)) + ":" +
                   (lists_choices ? "choice" : SpecificationText(label)) + ":" +
                   Action(positional.kind, Choices(positional)));
}

std::string CommandBranch(const Command& command) {
  std::string text = "    " + std::string(command.name) + ")\n      _arguments -s -S";
  for (const Option& option : AllOptions(command)) {
    text += " \\\n        " + OptionSpecification(option);
  }
  for (std::size_t place = 0; place < command.positionals.size(); ++place) {
    text += " \\\n        " + PositionalSpecification(command.positionals[place], place + 1);
  }
  return text + "\n      ;;\n";
}

}  // namespace

std::string ZshCompletion() {
  std::string text =
      "#compdef wordkin\n# zsh completion for wordkin, written by 'wordkin completions zsh'\n\n"
      "_wordkin() {\n  local -a commands\n  commands=(\n";
  for (const Command* command : Commands()) {
    text +=
        "    " + ZshQuoted(std::string(command->name) + ":" + std::string(command->summary)) + "\n";
  }
  text +=
      "  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    if [[ $words[2] == -* ]]; then\n"
      "      compadd -- --help --version\n"
      "    else\n"
      "      _describe -t commands command commands\n"
      "    fi\n"
      "    return\n"
      "  fi\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $words[1] in\n";
  for (const Command* command : Commands()) text += CommandBranch(*command);
  // Read at its first use from a folder of fpath, or by source.
  return text +
         "  esac\n}\n\n"
         "if [[ $funcstack[1] == _wordkin ]]; then\n  _wordkin \"$@\"\nelse\n  compdef _wordkin "
         "wordkin\nfi\n";
}

}  // namespace wordkin::cli
