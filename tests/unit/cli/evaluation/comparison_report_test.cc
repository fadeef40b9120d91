#include "cli/evaluation/comparison_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "cli/console.h"

namespace wordkin::cli {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

ComparedSet Compared(const std::string& path, double difference, double p_value) {
  ComparedSet set{.path = path};
  set.comparison = {.kind = query::SetKind::kOddOneOut,
                    .items = 50,
                    .first_score = 0.5,
                    .second_score = 0.5 + difference,
                    .difference = difference,
                    .interval = {difference - 0.1, difference + 0.1},
                    .p_value = p_value};
  return set;
}

std::string Text(const std::vector<ComparedSet>& sets) {
  return ComparisonText("a.kin", "b.kin", sets, Console());
}

TEST(ComparisonReport, CallsNoDifferenceOnlyWhatTheSameAnswersHave) {
  std::vector<ComparedSet> sets = {Compared("x", 0, 1), Compared("y", 0, 1)};
  sets[1].comparison.interval = {0, 0};
  AdjustPValues(sets);
  EXPECT_THAT(Text(sets), ContainsRegex("x .*-10.0, \\+10.0.*could be chance"));
  EXPECT_THAT(Text(sets), ContainsRegex("y .*no difference"));
}

TEST(ComparisonReport, RaisesPForTheNumberOfSets) {
  std::vector<ComparedSet> alone = {Compared("x", 0.125, 0.03)};
  AdjustPValues(alone);
  EXPECT_THAT(Text(alone),
              ContainsRegex("\\+12.5 +\\[\\+2.5, \\+22.5\\] +0.0300 +second is better"));
  EXPECT_THAT(Text(alone), Not(HasSubstr("Holm")));
  std::vector<ComparedSet> together = {Compared("x", 0.125, 0.03), Compared("y", -0.25, 0.04),
                                       Compared("z", -0.25, 0.00001)};
  AdjustPValues(together);
  EXPECT_THAT(Text(together), ContainsRegex("x .*0.0600 +could be chance"));
  EXPECT_THAT(Text(together), ContainsRegex("y .*0.0600 +could be chance"));
  EXPECT_THAT(Text(together), ContainsRegex("z .*-25.0 .*<0.0001 +first is better"));
  const Json json = ComparedSetJson(together[0]);
  EXPECT_EQ(json["p_value"], 0.03);
  EXPECT_EQ(json["p_adjusted"], 0.06);
  EXPECT_EQ(json["could_be_chance"], true);
  EXPECT_EQ(ComparedSetJson(together[2])["could_be_chance"], false);
}

TEST(ComparisonReport, SaysNothingOfWhatCannotBeCompared) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::vector<ComparedSet> sets = {Compared("x", kNone, kNone), Compared("y", 0.125, 0.03)};
  sets[0].comparison.second_score = kNone;
  AdjustPValues(sets);
  EXPECT_THAT(Text(sets), ContainsRegex("x .* - +not comparable"));
  EXPECT_THAT(Text(sets), ContainsRegex("y .*0.0300 +second is better"));
  EXPECT_TRUE(ComparedSetJson(sets[0])["could_be_chance"].is_null());
  EXPECT_TRUE(ComparedSetJson(sets[0])["p_adjusted"].is_null());
}

}  // namespace
}  // namespace wordkin::cli
