#include "cli/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/common_options.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr Option kOptions[] = {
    kCountOption,
    kJsonOption,
    {.name = "rate",
     .kind = ValueKind::kReal,
     .value_name = "X",
     .default_value = "0.5",
     .lowest = -10,
     .highest = 10},
    {.name = "files", .kind = ValueKind::kFile, .value_name = "FILE", .repeatable = true},
    {.name = "way", .kind = ValueKind::kChoice, .value_name = "up|down", .default_value = "up"},
};
constexpr Positional kPositionals[] = {{"FILE", ""}, {"[WORD...]", ""}};
constexpr Command kCommand = {.name = "trial",
                              .summary = "",
                              .description = "",
                              .positionals = kPositionals,
                              .minimum_positionals = 1,
                              .maximum_positionals = 4,
                              .examples = {},
                              .options = kOptions,
                              .run = nullptr};

Arguments Parsed(const std::vector<std::string>& words) { return Arguments(kCommand, words); }

std::string UsageErrorOf(const std::vector<std::string>& words) {
  try {
    Parsed(words);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "(accepted)";
}

TEST(Arguments, OptionsAndPositionalsMayBeMixed) {
  const Arguments arguments = Parsed({"--json", "v.kin", "-k", "3", "king", "--rate=2", "queen"});
  EXPECT_THAT(arguments.positionals(), ElementsAre("v.kin", "king", "queen"));
  EXPECT_TRUE(arguments.Has("json"));
  EXPECT_EQ(arguments.Integer("count"), 3u);
  EXPECT_EQ(arguments.Real("rate"), 2);
}

TEST(Arguments, WhatIsNotGivenHasTheDefaultOfTheTable) {
  const Arguments arguments = Parsed({"v.kin"});
  EXPECT_FALSE(arguments.Has("count"));
  EXPECT_EQ(arguments.Integer("count"), 10u);
  EXPECT_EQ(arguments.Real("rate"), 0.5);
  EXPECT_TRUE(arguments.Texts("files").empty());
  EXPECT_EQ(arguments.Choose<int>("way", {{"up", 1}, {"down", 2}}), 1);
}

TEST(Arguments, ShortOptionsTakeTheirValueWithOrWithoutASpace) {
  EXPECT_EQ(Parsed({"f", "-k7"}).Integer("count"), 7u);
  EXPECT_EQ(Parsed({"f", "-k", "7"}).Integer("count"), 7u);
}

TEST(Arguments, TwoDashesEndTheOptions) {
  EXPECT_THAT(Parsed({"f", "--", "--json", "-k"}).positionals(), ElementsAre("f", "--json", "-k"));
  EXPECT_FALSE(Parsed({"f", "--", "--json"}).Has("json"));
}

TEST(Arguments, NegativeNumbersAreValuesAndWords) {
  EXPECT_EQ(Parsed({"f", "--rate", "-2.5"}).Real("rate"), -2.5);
  EXPECT_EQ(Parsed({"f", "--rate=-2.5"}).Real("rate"), -2.5);
  EXPECT_THAT(Parsed({"f", "-5", "-.5", "-"}).positionals(), ElementsAre("f", "-5", "-.5", "-"));
}

TEST(Arguments, ARepeatableOptionTakesSeveralValuesSeveralTimes) {
  const Arguments arguments = Parsed({"f", "--files", "a", "b", "--json", "--files", "c"});
  EXPECT_THAT(arguments.Texts("files"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Parsed({"--files", "a", "--", "f"}).positionals(), ElementsAre("f"));
}

TEST(Arguments, NamesAreNeverAbbreviated) {
  EXPECT_THAT(UsageErrorOf({"f", "--coun", "5"}),
              HasSubstr("no option '--coun'; did you mean '--count'"));
  EXPECT_THAT(UsageErrorOf({"f", "--co", "5"}), HasSubstr("did you mean '--count'"));
  EXPECT_THAT(UsageErrorOf({"f", "--js"}), HasSubstr("no option '--js'"));
}

TEST(Arguments, MisuseIsNamed) {
  EXPECT_THAT(UsageErrorOf({"f", "-k"}), HasSubstr("option '--count' lacks its value"));
  EXPECT_THAT(UsageErrorOf({"f", "--count", "--json"}), HasSubstr("'--count' lacks its value"));
  EXPECT_THAT(UsageErrorOf({"--files", "-k", "5"}), HasSubstr("'--files' lacks its value"));
  EXPECT_THAT(UsageErrorOf({"f", "--json=1"}), HasSubstr("'--json' takes no value"));
  EXPECT_THAT(UsageErrorOf({"f", "-k", "1", "-k", "1"}), HasSubstr("'--count' is given twice"));
  EXPECT_THAT(UsageErrorOf({"f", "-k", "0"}), HasSubstr("from 1 to 1,000,000, not '0'"));
  EXPECT_THAT(UsageErrorOf({"f", "--rate", "nan"}),
              HasSubstr("a number from -10 to 10, not 'nan'"));
  EXPECT_THAT(UsageErrorOf({"f", "--rate", "10.01"}), HasSubstr("not '10.01'"));
  EXPECT_THAT(UsageErrorOf({"f", "--way", "left"}), HasSubstr("takes up or down, not 'left'"));
  EXPECT_THAT(UsageErrorOf({"f", "--files", ""}), HasSubstr("not an empty name"));
  EXPECT_THAT(UsageErrorOf({}), HasSubstr("'trial' lacks its FILE"));
  EXPECT_THAT(UsageErrorOf({"1", "2", "3", "4", "5"}), HasSubstr("what to do with '5'"));
}

TEST(Arguments, AnOptionThatTheTableLacksIsOurMistake) {
  try {
    Parsed({"f"}).Text("colour");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInternal);
  }
}

}  // namespace
}  // namespace wordkin::cli
