#include <cstddef>

#include "cli/command_table.h"
#include "cli/manual/completions.h"
#include "cli/manual/table_reading.h"

namespace wordkin::cli {
namespace {

// What follows the three functions that tell of the table. Each of those answers in REPLY: choices,
// or @file, or nothing when a word or number is wanted.
constexpr std::string_view kBashFunctions = R"(
# Offers files, or the words of $1; $3 stands before what is typed, $2.
_wordkin_offer() {
  if [[ $1 == @file ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -P "$3" -f -- "$2")
  else
    mapfile -t COMPREPLY < <(compgen -P "$3" -W "$1" -- "$2")
  fi
}

_wordkin() {
  local typed=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]}
  local word before="" option="" position=0 i REPLY
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _wordkin_offer "$_wordkin_commands --help --version" "$typed" ""
    return
  fi
  # Which option takes what is typed, or how many arguments stand before it. Bash makes three words
  # of --option=value.
  for ((i = 2; i < COMP_CWORD; ++i)); do
    word=${COMP_WORDS[i]}
    if [[ $word == "=" ]]; then
      continue
    elif [[ $word == -?* && ! ($option && $word == -[0-9.]*) ]]; then
      option=""
      if _wordkin_value "$command" "$word"; then option=$word; fi
    elif [[ ! $option ]]; then
      position=$((position + 1))
    elif [[ " $_wordkin_repeatable " != *" $command$option "* ]]; then
      option=""
    fi
  done
  if [[ $typed == "=" ]]; then
    typed=""
  elif [[ $typed == --*=* ]]; then
    option=${typed%%=*} before=${typed%%=*}= typed=${typed#*=}
  elif [[ $typed == -* ]]; then
    _wordkin_options "$command"
    _wordkin_offer "$REPLY" "$typed" ""
    return
  fi
  REPLY=""
  if [[ $option ]]; then
    _wordkin_value "$command" "$option"
  else
    _wordkin_positional "$command" "$position"
  fi
  if [[ $REPLY ]]; then _wordkin_offer "$REPLY" "$typed" "$before"; fi
}

complete -F _wordkin wordkin
)";

std::string Assignment(ValueKind kind, const std::vector<std::string_view>& choices) {
  if (kind == ValueKind::kFile) return "REPLY=@file";
  return choices.empty() ? "REPLY=" : "REPLY='" + JoinedBy(choices, " ") + "'";
}

std::string OptionNames(const Command& command) {
  std::string names;
  for (const Option& option : AllOptions(command)) {
    names += (names.empty() ? "--" : " --") + std::string(option.name);
  }
  return names;
}

std::string OptionsFunction() {
  std::string text = "\n# The options of command $1.\n_wordkin_options() {\n  case $1 in\n";
  for (const Command* command : Commands()) {
    text += "  " + std::string(command->name) + ") REPLY='" + OptionNames(*command) + "' ;;\n";
  }
  return text + "  *) REPLY= ;;\n  esac\n}\n";
}

std::string ValueFunction() {
  std::string text =
      "\n# What option $2 of command $1 takes; fails when it takes nothing.\n_wordkin_value() {\n"
      "  case $1$2 in\n";
  for (const Command* command : Commands()) {
    for (const Option& option : AllOptions(*command)) {
      if (!TakesValue(option)) continue;
      std::string pattern;
      for (const std::string& name : DashedNames(option)) {
        pattern += (pattern.empty() ? "" : " | ") + std::string(command->name) + name;
      }
      text += "  " + pattern + ") " + Assignment(option.kind, Choices(option)) + " ;;\n";
    }
  }
  return text + "  *) return 1 ;;\n  esac\n}\n";
}

std::string PositionalFunction() {
  std::string text =
      "\n# What stands at place $2, from 0, of command $1.\n_wordkin_positional() {\n"
      "  case $1@$2 in\n";
  for (const Command* command : Commands()) {
    for (std::size_t place = 0; place < command->positionals.size(); ++place) {
      const Positional& positional = command->positionals[place];
      text += "  " + std::string(command->name) + "@" +
              (Repeats(positional) ? "*" : std::to_string(place)) + ") " +
              Assignment(positional.kind, Choices(positional)) + " ;;\n";
    }
  }
  return text + "  *) REPLY= ;;\n  esac\n}\n";
}

std::string RepeatableOptions() {
  std::string text;
  for (const Command* command : Commands()) {
    for (const Option& option : command->options) {
      if (!option.repeatable) continue;
      for (const std::string& name : DashedNames(option)) {
        text += (text.empty() ? "" : " ") + std::string(command->name) + name;
      }
    }
  }
  return text;
}

}  // namespace

std::string BashCompletion() {
  std::string names;
  for (const Command* command : Commands()) {
    names += (names.empty() ? "" : " ") + std::string(command->name);
  }
  return "# bash completion for wordkin, written by 'wordkin completions bash'\n\n"
         "_wordkin_commands='" +
         names + "'\n_wordkin_repeatable='" + RepeatableOptions() + "'\n" + OptionsFunction() +
         ValueFunction() + PositionalFunction() + std::string(kBashFunctions);
}

}  // namespace wordkin::cli
