#include "cli/json.h"

#include <gtest/gtest.h>

#include <limits>

#include "cli/date.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace {

TEST(JsonNumber, KeepsSixSignificantDigits) {
  EXPECT_EQ(JsonNumber(0.76123456789).dump(), "0.761235");
  EXPECT_EQ(JsonNumber(0.7f).dump(), "0.7");
  EXPECT_EQ(JsonNumber(-1234567.8).dump(), "-1234570.0");
  EXPECT_EQ(JsonNumber(1e-4).dump(), "0.0001");
}

TEST(JsonNumber, IsNullForWhatIsNoNumber) {
  EXPECT_EQ(JsonNumber(std::numeric_limits<double>::quiet_NaN()).dump(), "null");
  EXPECT_EQ(JsonNumber(std::numeric_limits<double>::infinity()).dump(), "null");
}

TEST(JsonLine, KeepsTheOrderOfKeysAndMendsBadUtf8) {
  Json json;
  json["z"] = 1;
  json["a"] = "caf\xC3\xA9 \xFF";
  EXPECT_EQ(JsonLine(json), "{\"z\":1,\"a\":\"caf\xC3\xA9 \xEF\xBF\xBD\"}\n");
}

TEST(ParseStoredJson, GivesWhatIsThereUnlessItIsTooDeep) {
  const auto nested = [](std::size_t levels) {
    return "{\"a\":" + std::string(levels, '[') + std::string(levels, ']') + "}";
  };
  EXPECT_EQ(ParseStoredJson(nested(60)).dump(), nested(60));
  for (const std::string& text :
       {nested(70), nested(1'000'000), std::string("{\"a\":"), std::string()}) {
    EXPECT_FALSE(ParseStoredJson(text).is_object());
  }
}

TEST(DateInUtc, ObeysSourceDateEpoch) {
  ::setenv("SOURCE_DATE_EPOCH", "86399", 1);
  EXPECT_TRUE(BuildsReproducibly());
  EXPECT_EQ(DateInUtc(), "1970-01-01T23:59:59Z");
  ::setenv("SOURCE_DATE_EPOCH", "99999999999999", 1);
  EXPECT_THROW(DateInUtc(), Error);
  ::setenv("SOURCE_DATE_EPOCH", "", 1);
  EXPECT_FALSE(BuildsReproducibly());
  EXPECT_GT(DateInUtc(), "2020");
  ::unsetenv("SOURCE_DATE_EPOCH");
}

}  // namespace
}  // namespace wordkin::cli
