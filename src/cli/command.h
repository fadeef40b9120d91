#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string_view>

namespace wordkin::cli {

class Arguments;
class Console;

enum class ValueKind { kSwitch, kText, kFile, kInteger, kReal, kChoice };

// One option of a command. The same row feeds the parser, the help text, the man page and the
// completions of shells.
struct Option {
  std::string_view name;  // without its dashes
  char letter = 0;        // the short form, if it has one
  ValueKind kind = ValueKind::kSwitch;
  std::string_view value_name = {};     // "N", "FILE"; for kChoice the choices: "auto|exact|hnsw"
  std::string_view default_value = {};  // as one would type it; empty: none
  std::string_view description = {};    // with the unit, no full stop
  double lowest = 0;                    // the range of a number given
  double highest = std::numeric_limits<double>::infinity();
  bool repeatable = false;  // takes several values, and may come several times
  bool required = false;
  std::string_view suggestions = {};  // "a|b|c": what shells offer of kText, too long to be a name
};

struct Positional {
  std::string_view label;  // as in the usage line: "FILE", "[WORD...]"; of a choice "a|b|c"
  std::string_view description;
  ValueKind kind = ValueKind::kFile;  // what shells complete it as
};

struct Example {
  std::string_view command_line;  // without "wordkin"
  std::string_view purpose;
};

// A subcommand: constant data and one function. To add one, write commands/<name>.cc and add its
// line to the table in command_table.cc.
struct Command {
  static constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();

  std::string_view name;
  std::string_view summary;      // one line, begins with a verb: "list the words nearest to a word"
  std::string_view description;  // paragraphs, wrapped when shown
  std::span<const Positional> positionals;
  std::size_t minimum_positionals = 0;
  std::size_t maximum_positionals = kUnlimited;
  std::span<const Example> examples;
  std::span<const Option> options;
  // An option that makes positionals and required options needless: what they say is known by it.
  std::string_view sufficient_option = {};
  // Returns the exit code, or throws wordkin::Error.
  int (*run)(const Arguments& arguments, Console& console);
};

}  // namespace wordkin::cli
