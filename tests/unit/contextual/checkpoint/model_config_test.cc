#include "contextual/checkpoint/model_config.h"

#include <gmock/gmock.h>

#include "tests/unit/contextual/encoder_folder.h"

namespace wordkin::contextual {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class ModelConfigTest : public testing::Test {
 protected:
  ModelConfig Read(const std::string& text) const {
    WriteText(folder_.PathOf("config.json"), text);
    return ModelConfig(folder_.PathOf("config.json"));
  }

  // The message of what asking 'text' throws, which must name the file.
  template <typename Ask>
  std::string Refusal(const std::string& text, const Ask& ask) const {
    const std::string message = RefusalOf(ErrorKind::kDamaged, [&] { ask(Read(text)); });
    EXPECT_THAT(message, HasSubstr("'" + folder_.PathOf("config.json") + "'"));
    return message;
  }

  TemporaryFolder folder_;
};

TEST_F(ModelConfigTest, GivesWhatIsThereAndElseTheFallback) {
  const ModelConfig config = Read(
      R"({"n":7,"x":1e-12,"whole":2,"t":"gelu","yes":true,"no":false,"nothing":null,"zero":0})");
  EXPECT_EQ(config.Count("n"), 7u);
  EXPECT_EQ(config.Count("n", 9), 7u);
  EXPECT_EQ(config.Count("m", 9), 9u);
  EXPECT_EQ(config.Count("nothing", 9), 9u) << "null is as good as missing";
  EXPECT_EQ(config.Index("n", 9), 7u);
  EXPECT_EQ(config.Index("zero", 9), 0u);
  EXPECT_EQ(config.Index("m", 9), 9u);
  EXPECT_EQ(config.Between(0, 1, "x", 1), 1e-12);
  EXPECT_EQ(config.Between(2, 2, "whole", 1), 2);
  EXPECT_EQ(config.Between(0, 1, "y", 0.5), 0.5);
  EXPECT_EQ(config.Text("t"), "gelu");
  EXPECT_EQ(config.Text("u", "relu"), "relu");
  EXPECT_TRUE(config.Flag("yes", false));
  EXPECT_FALSE(config.Flag("no", true));
  EXPECT_TRUE(config.Flag("nothing", true));
  config.Require("t", "gelu");
  config.Require("u", "gelu");
}

TEST_F(ModelConfigTest, RefusesCountsThatAreNone) {
  for (const char* value : {"0", "-1", "1.5", "8.0", "\"8\"", "true", "[8]", "{}", "10000001",
                            "18446744073709551616", "1e3"}) {
    const std::string text = R"({"hidden_size":)" + std::string(value) + "}";
    const auto ask = [](const ModelConfig& config) { config.Count("hidden_size"); };
    EXPECT_THAT(Refusal(text, ask),
                EndsWith("its 'hidden_size' is no whole number of 1 to 10000000"))
        << value;
    EXPECT_NE(Refusal(text, [](const ModelConfig& config) { config.Count("hidden_size", 3); }), "")
        << "the fallback does not hide it: " << value;
  }
  EXPECT_EQ(Read(R"({"n":10000000})").Count("n"), ModelConfig::kLargestCount);
}

TEST_F(ModelConfigTest, NamesWhatIsMissing) {
  EXPECT_THAT(Refusal("{}", [](const ModelConfig& config) { config.Count("vocab_size"); }),
              AllOf(StartsWith("cannot use '"), EndsWith("it has no 'vocab_size'")));
  EXPECT_THAT(Refusal("{}", [](const ModelConfig& config) { config.Text("model_type"); }),
              EndsWith("it has no 'model_type'"));
}

TEST_F(ModelConfigTest, RefusesIndexesThatAreNone) {
  for (const char* value : {"-1", "0.0", "\"0\"", "false", "10000001"}) {
    EXPECT_THAT(Refusal(R"({"pad":)" + std::string(value) + "}",
                        [](const ModelConfig& config) { config.Index("pad", 1); }),
                EndsWith("its 'pad' is no whole number of 0 to 10000000"))
        << value;
  }
}

TEST_F(ModelConfigTest, RefusesNumbersThatAreNotBetweenTheirBounds) {
  for (const char* value : {"0", "0.0", "-1e-12", "0.11", "1", "1e300", "9.9e-31",
                            "18446744073709551615", "\"1e-12\"", "[]", "false"}) {
    EXPECT_THAT(Refusal(R"({"eps":)" + std::string(value) + "}",
                        [](const ModelConfig& config) { config.Between(1e-30, 0.1, "eps", 1); }),
                EndsWith("its 'eps' is no number of 1e-30 to 0.1"))
        << value;
  }
}

TEST_F(ModelConfigTest, ListsFlagsThatAreSet) {
  const ModelConfig flags =
      Read(R"({"mode_b":true,"mode_a":true,"mode_c":false,"mode_d":null,"mode":3,"x":true})");
  EXPECT_THAT(flags.FlagsSet("mode_"), ElementsAre("mode_a", "mode_b"));
  EXPECT_TRUE(flags.FlagsSet("other").empty());
  EXPECT_THAT(
      Refusal(R"({"mode_a":1})", [](const ModelConfig& config) { config.FlagsSet("mode_"); }),
      EndsWith("its 'mode_a' is neither true nor false"));
}

TEST_F(ModelConfigTest, RefusesOtherTypes) {
  EXPECT_THAT(Refusal(R"({"a":1})", [](const ModelConfig& config) { config.Text("a", ""); }),
              EndsWith("its 'a' is no text"));
  EXPECT_THAT(Refusal(R"({"a":1})", [](const ModelConfig& config) { config.Flag("a", true); }),
              EndsWith("its 'a' is neither true nor false"));
  EXPECT_THAT(Refusal(R"({"a":"rotary"})",
                      [](const ModelConfig& config) { config.Require("a", "absolute"); }),
              EndsWith("its 'a' is 'rotary'; Wordkin runs only 'absolute'"));
}

TEST_F(ModelConfigTest, RefusesFilesThatHoldNoObject) {
  const auto nothing = [](const ModelConfig&) {};
  EXPECT_THAT(Refusal("", nothing), HasSubstr("no valid JSON"));
  EXPECT_THAT(Refusal("{\"a\":", nothing), HasSubstr("no valid JSON"));
  EXPECT_THAT(Refusal(R"({"a":NaN})", nothing), EndsWith("it is no valid JSON: at byte 6"));
  EXPECT_THAT(Refusal("[1]", nothing), EndsWith("it holds no JSON object"));
  EXPECT_THAT(Refusal(R"({"a":1,"a":2})", nothing), HasSubstr("key 'a' twice"));
}

TEST_F(ModelConfigTest, KeepsMessagesAboutLongValuesShort) {
  const std::string text = R"({"a":")" + std::string(1'000'000, 'x') + R"("})";
  EXPECT_LT(Refusal(text, [](const ModelConfig& config) { config.Require("a", "b"); }).size(),
            1000u);
}

TEST_F(ModelConfigTest, SaysThatAFileCannotBeOpened) {
  const std::string path = folder_.PathOf("none.json");
  EXPECT_THAT(RefusalOf(ErrorKind::kInputOutput, [&] { ModelConfig config(path); }),
              HasSubstr("'" + path + "'"));
}

}  // namespace
}  // namespace wordkin::contextual
