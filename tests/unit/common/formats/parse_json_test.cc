#include "common/formats/parse_json.h"

#include <gmock/gmock.h>

#include <chrono>
#include <string>

#include "common/formats/json_guard.h"
#include "common/support/error.h"

namespace wordkin {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

std::string Refusal(const std::string& text) {
  try {
    ParseForeignJson(text, "'some.json'");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kDamaged);
    EXPECT_THAT(error.what(), StartsWith("cannot read 'some.json': "));
    return error.what();
  }
  return "";
}

std::string Nested(int levels) {
  const auto count = static_cast<std::size_t>(levels);
  return std::string(count, '[') + std::string(count, ']');
}

TEST(ParseForeignJson, GivesWhatTheTextHolds) {
  const nlohmann::json json = ParseForeignJson(R"( {"a":[1,{"b":"\u00e9"}],"c":null} )", "x");
  EXPECT_EQ(json["a"][0], 1);
  EXPECT_EQ(json["a"][1]["b"], "é");
  EXPECT_TRUE(json["c"].is_null());
}

TEST(ParseForeignJson, RefusesWhatIsNoJson) {
  for (const char* text : {"", " ", "{", "{\"a\":1,}", "[1 2]", "{'a':1}", "nul", "\"\xff\"", "1 1",
                           "// x\n1", "\xef\xbb", "NaN"}) {
    EXPECT_THAT(Refusal(text), HasSubstr("no valid JSON")) << text;
  }
}

TEST(ParseForeignJson, SpeaksOfTheTextAndNotOfItsParser) {
  EXPECT_THAT(Refusal("{\"a\":1,\n \"b\":}"), EndsWith(": it is no valid JSON: at byte 14"));
  EXPECT_THAT(Refusal("[-1e999]"), EndsWith(": it holds a number that is out of range"));
}

TEST(ParseForeignJson, RefusesWhatIsTooLongToBecomeATree) {
  EXPECT_EQ(Refusal("1" + std::string(kLargestJson - 1, ' ')), "");
  EXPECT_THAT(Refusal("1" + std::string(kLargestJson, ' ')),
              EndsWith("longer than 16000000 bytes"));
}

TEST(ParseForeignJson, RefusesAKeyTwiceInOneObjectOnly) {
  EXPECT_THAT(Refusal(R"({"a":1,"b":{"c":1},"a":2})"), HasSubstr("key 'a' twice"));
  EXPECT_THAT(Refusal(R"([{"a":{"b":1,"\u0062":2}}])"), HasSubstr("key 'b' twice"));
  EXPECT_THAT(Refusal(R"({"a":{"b":{"z":1,"y":2},"b":1}})"), HasSubstr("key 'b' twice"));
  EXPECT_EQ(Refusal(R"({"a":{"a":[{"a":1},{"a":1}]},"b":{"a":1},"":{"":1}})"), "");
}

TEST(ParseForeignJson, TakesSixtyFourLevelsAndNoMore) {
  EXPECT_EQ(Refusal(Nested(kDeepestJson)), "");
  EXPECT_THAT(Refusal(Nested(kDeepestJson + 1)), HasSubstr("nested deeper than 64 levels"));
  EXPECT_THAT(Refusal(Nested(1'000'000)), HasSubstr("nested deeper"));
}

// Where a parse calls back, nlohmann looks through all members again after each object: 40 s.
TEST(ParseForeignJson, TakesTimeInProportionToTheMembersOfAnObject) {
  std::string text = "{";
  for (int i = 0; i < 100'000; ++i) text += "\"" + std::to_string(i) + "\":{},";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(ParseForeignJson(text + "\"end\":1}", "x").size(), 100'001u);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST(ParseForeignJson, KeepsItsMessageShort) {
  EXPECT_LT(Refusal("{\"" + std::string(1'000'000, 'x')).size(), 1000u);
  EXPECT_LT(Refusal(std::string(1'000'000, '1') + "x").size(), 1000u);
  const std::string key = "\"" + std::string(1'000'000, 'k') + "\":1";
  EXPECT_LT(Refusal("{" + key + "," + key + "}").size(), 1000u);
}

}  // namespace
}  // namespace wordkin
