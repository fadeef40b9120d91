// The man page and the completions of shells: all that the table of commands has is in each.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <sstream>
#include <string>

#include "cli/command_table.h"
#include "cli/common_options.h"
#include "cli/manual/completions.h"
#include "cli/manual/man_page.h"
#include "cli/manual/table_reading.h"

namespace wordkin::cli {
namespace {

using testing::HasSubstr;

// The part of 'text' between two marks, each at its first place; to the end without the second.
std::string Between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t first = text.find(begin);
  if (first == std::string::npos) return "";
  return text.substr(first, text.find(end, first + begin.size()) - first);
}

std::string Dashes(const Option& option) {
  return Escaped("--" + std::string(option.name), "-", "\\");
}

TEST(ManPage, TellsOfEveryCommandItsOptionsArgumentsAndExamples) {
  const std::string page = ManPage();
  for (const Command* command : Commands()) {
    SCOPED_TRACE(command->name);
    const std::string section = Between(page, "\n.SS " + std::string(command->name) + "\n", "\n.S");
    ASSERT_NE(section, "");
    for (const Option& option : command->options) {
      EXPECT_THAT(section, HasSubstr("\\fB" + Dashes(option) + "\\fR"));
      if (option.letter != 0) {
        EXPECT_THAT(section, HasSubstr(std::string("\\fB\\-") + option.letter + "\\fR, "));
      }
    }
    for (const Positional& positional : command->positionals) {
      EXPECT_THAT(section, HasSubstr("\\fI" + std::string(positional.label) + "\\fR"));
    }
    for (const Example& example : command->examples) {
      const std::string line(example.command_line);
      EXPECT_THAT(section,
                  HasSubstr("\nwordkin " +
                            Escaped(line.substr(0, line.find_first_of("'\"~^\\")), "-", "\\")));
    }
  }
  for (const Option& option : kUniversalOptions) EXPECT_THAT(page, HasSubstr(Dashes(option)));
  EXPECT_THAT(page, HasSubstr("\\fB130\\fR\ninterrupted"));
}

TEST(ManPage, NoLineBeginsLikeAMacroByAccident) {
  std::istringstream lines(ManPage());
  for (std::string line; std::getline(lines, line);) {
    EXPECT_FALSE(line.starts_with('\'')) << line;
    if (line.starts_with('.')) {
      EXPECT_THAT(line, testing::MatchesRegex("\\.(TH|SH|SS|PP|TP|EX|EE|\\\\).*"));
    }
  }
}

TEST(ManPage, HasTheDateOfTheSource) {
  ::setenv("SOURCE_DATE_EPOCH", "86400", 1);
  EXPECT_THAT(ManPage(), HasSubstr("\n.TH WORDKIN 1 1970-01-02 "));
  ::unsetenv("SOURCE_DATE_EPOCH");
}

TEST(BashCompletion, KnowsEveryCommandAndOption) {
  const std::string script = BashCompletion();
  const std::string commands = Between(script, "_wordkin_commands='", "\n") + " ";
  const std::string options = Between(script, "\n_wordkin_options()", "\n}\n");
  const std::string values = Between(script, "\n_wordkin_value()", "\n}\n");
  for (const Command* command : Commands()) {
    const std::string name(command->name);
    SCOPED_TRACE(name);
    EXPECT_THAT(commands, testing::ContainsRegex("['= ]" + name + "[' ]"));
    const std::string row = Between(options, "\n  " + name + ") ", "\n");
    for (const Option& option : AllOptions(*command)) {
      EXPECT_THAT(row, testing::ContainsRegex("[ ']--" + std::string(option.name) + "[ ']"));
      if (TakesValue(option)) {
        EXPECT_THAT(values, HasSubstr(" " + name + "--" + std::string(option.name)));
      }
      for (const std::string_view choice : Choices(option)) {
        EXPECT_THAT(values, testing::ContainsRegex("[ ']" + std::string(choice) + "[ ']"));
      }
    }
  }
}

TEST(ZshCompletion, KnowsEveryCommandAndOption) {
  const std::string script = ZshCompletion();
  for (const Command* command : Commands()) {
    const std::string name(command->name);
    SCOPED_TRACE(name);
    EXPECT_THAT(script, HasSubstr("\n    '" + name + ":"));
    const std::string branch = Between(script, "\n    " + name + ")\n", "\n      ;;\n");
    for (const Option& option : AllOptions(*command)) {
      EXPECT_THAT(branch, HasSubstr("--" + std::string(option.name)));
      if (option.letter != 0) {
        EXPECT_THAT(branch, HasSubstr(std::string("{-") + option.letter));
      }
    }
  }
}

TEST(FishCompletion, KnowsEveryCommandAndOption) {
  const std::string script = FishCompletion();
  for (const Command* command : Commands()) {
    const std::string name(command->name);
    SCOPED_TRACE(name);
    EXPECT_THAT(script, HasSubstr(" -a " + name + " -d '"));
    for (const Option& option : AllOptions(*command)) {
      EXPECT_THAT(script, HasSubstr("'__wordkin_is " + name + "' -l " + std::string(option.name)));
    }
  }
}

}  // namespace
}  // namespace wordkin::cli
