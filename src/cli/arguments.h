#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command.h"

namespace wordkin::cli {

// The options and positional arguments given to a command, checked against its table.
class Arguments {
 public:
  // Throws kUsage, with a suggestion where one is near. Options and positionals may be mixed, "--"
  // ends the options, names are never abbreviated, and a negative number is a value or positional.
  Arguments(const Command& command, const std::vector<std::string>& words);

  const Command& command() const { return *command_; }
  const std::vector<std::string>& positionals() const { return positionals_; }

  // The command line again: options by their long names, then positionals.
  std::vector<std::string> Words() const;
  // By their long names, those that stand on the command line.
  std::vector<std::string> GivenOptions() const;

  // For a message that something is missing: "; --NAME takes all ...", when an option took several
  // values and so perhaps what is missing. Else "".
  std::string TakenByOptions() const;

  // True when the option stands on the command line: for switches, and where absence matters.
  bool Has(std::string_view name) const;
  // The value given, else the default of the table.
  std::string Text(std::string_view name) const;
  // All values of a repeatable option.
  std::vector<std::string> Texts(std::string_view name) const;
  // Within the range of the table.
  std::uint64_t Integer(std::string_view name) const;
  int Int(std::string_view name) const { return static_cast<int>(Integer(name)); }
  double Real(std::string_view name) const;
  // The value that stands for the choice made.
  template <typename Value>
  Value Choose(std::string_view name,
               std::initializer_list<std::pair<std::string_view, Value>> values) const {
    const std::string choice = Text(name);
    for (const auto& [text, value] : values) {
      if (text == choice) return value;
    }
    ThrowNoSuchOption(name);
  }

 private:
  const Option* FindOrNull(std::string_view name) const;
  const Option& Find(std::string_view name) const;
  void CheckNoOptionIsTakenAsValue(const std::vector<std::string>& tokens,
                                   const Option& option) const;
  void CheckValues() const;
  void CheckNothingIsMissing() const;
  [[noreturn]] static void ThrowNoSuchOption(std::string_view name);

  const Command* command_;
  std::vector<std::string> positionals_;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

}  // namespace wordkin::cli
