#include "cli/command_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <vector>

#include "cli/arguments.h"
#include "cli/help_text.h"
#include "cli/manual/table_reading.h"
#include "cli/numbers.h"
#include "common/formats/vector_format.h"
#include "common/support/error.h"
#include "tests/unit/cli/pipe_console.h"

namespace wordkin::cli {
namespace {

using testing::HasSubstr;

TEST(CommandTable, EveryCommandTellsWhatItIsFor) {
  const PipeConsole pipes;
  for (const Command* command : Commands()) {
    SCOPED_TRACE(command->name);
    EXPECT_FALSE(command->summary.empty());
    EXPECT_FALSE(command->description.empty());
    EXPECT_FALSE(command->examples.empty());
    EXPECT_TRUE(!command->positionals.empty() ||
                std::ranges::any_of(command->options, &Option::required));
    EXPECT_THAT(ProgramHelp(pipes.console), HasSubstr("  " + std::string(command->name) + " "));
  }
}

TEST(CommandTable, EveryCommandIsListedOnce) {
  std::set<std::string_view> names;
  for (const Command* command : Commands()) EXPECT_TRUE(names.insert(command->name).second);
}

TEST(CommandTable, HelpNamesEveryOptionWithItsDefault) {
  const PipeConsole pipes;
  for (const Command* command : Commands()) {
    const std::string help = CommandHelp(*command, pipes.console);
    for (const Option& option : AllOptions(*command)) {
      SCOPED_TRACE(std::string(command->name) + " --" + std::string(option.name));
      EXPECT_THAT(help, HasSubstr("--" + std::string(option.name)));
      EXPECT_FALSE(option.description.empty());
      if (option.default_value.empty()) continue;
      EXPECT_THAT(help, HasSubstr("(default: " + std::string(option.default_value) + ")"));
    }
    EXPECT_THAT(help, HasSubstr("130 interrupted"));
    EXPECT_LT(help.find("Examples:"), help.find("Options:"));
  }
}

TEST(CommandTable, HelpFitsATerminalOfEightyColumns) {
  const PipeConsole pipes;
  for (const Command* command : Commands()) {
    std::istringstream lines(CommandHelp(*command, pipes.console));
    for (std::string line; std::getline(lines, line);) {
      // A command line to copy is not broken.
      if (line.starts_with("  wordkin ")) continue;
      EXPECT_LE(line.size(), 80u) << line;
    }
  }
}

TEST(CommandTable, ExamplesAreAcceptedByTheParser) {
  for (const Command* command : Commands()) {
    for (const Example& example : command->examples) {
      SCOPED_TRACE(example.command_line);
      std::istringstream stream{std::string(example.command_line)};
      std::vector<std::string> words;
      std::string word;
      ASSERT_TRUE(stream >> word);
      EXPECT_EQ(word, command->name);
      while (stream >> word && word != "<" && word != ">") words.push_back(word);
      EXPECT_NO_THROW(Arguments(*command, words));
    }
  }
}

TEST(CommandTable, OptionsHaveDistinctNamesAndDefaultsInTheirRange) {
  for (const Command* command : Commands()) {
    std::set<std::string_view> names;
    std::set<char> letters;
    for (const Option& option : AllOptions(*command)) {
      SCOPED_TRACE(std::string(command->name) + " --" + std::string(option.name));
      EXPECT_TRUE(names.insert(option.name).second);
      EXPECT_TRUE(option.letter == 0 || letters.insert(option.letter).second);
      EXPECT_LE(option.lowest, option.highest);
      EXPECT_EQ(option.kind == ValueKind::kSwitch, option.value_name.empty());
      if (option.kind != ValueKind::kInteger || option.default_value == "all") continue;
      // What it is by itself depends on other options, as the description says.
      if (option.default_value.empty()) continue;
      // "5, glove 15": the first is that of most models.
      const auto number =
          ParseInteger(option.default_value.substr(0, option.default_value.find(',')));
      ASSERT_TRUE(number);
      EXPECT_GE(static_cast<double>(*number), option.lowest);
      EXPECT_LE(static_cast<double>(*number), option.highest);
    }
  }
}

TEST(CommandTable, HelpOfConvertNamesEveryFormat) {
  const PipeConsole pipes;
  const std::string help = CommandHelp(FindCommand("convert"), pipes.console);
  for (const VectorFormat& format : VectorFormats()) {
    EXPECT_THAT(help, HasSubstr(std::string(format.name)));
    EXPECT_THAT(help, HasSubstr(std::string(format.extension)));
  }
}

TEST(CommandTable, ShellsOfferEveryFormatOfConvert) {
  std::set<std::string_view> known = {"auto", "kin"};
  for (const VectorFormat& format : VectorFormats()) known.insert(format.name);
  std::size_t found = 0;
  for (const Option& option : FindCommand("convert").options) {
    if (option.name != "from" && option.name != "to") continue;
    const std::vector<std::string_view> offered = Choices(option);
    EXPECT_EQ(std::set<std::string_view>(offered.begin(), offered.end()), known) << option.name;
    ++found;
  }
  EXPECT_EQ(found, 2);
}

TEST(CommandTable, AMisspeltCommandIsRefusedWithTheNearest) {
  try {
    FindCommand("similaritty");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'similarity'?"));
  }
}

}  // namespace
}  // namespace wordkin::cli
