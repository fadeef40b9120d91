// The vectors of 'wordkin encode', number by number.

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/process.h"

namespace wordkin::cli_test {
namespace {

const char* const kTexts =
    "i read a book.\nthe hotel will book a flight, and they read it.\na\nyou are good\n";

class Encoding : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    std::filesystem::copy(std::string(WORDKIN_CLI_TESTS) + "/../golden/encoders/" + GetParam(),
                          workspace_.File("model"), std::filesystem::copy_options::recursive);
  }

  // A vector a text; nothing where this processor lacks the instruction set.
  std::optional<std::vector<std::vector<double>>> Encoded(const std::string& options,
                                                          const std::string& set = "") const {
    const Outcome outcome = RunShell("wordkin encode --encoder model --json -q " + options,
                                     workspace_.path(), kTexts, {{"WORDKIN_INSTRUCTION_SET", set}});
    if (outcome.exit_code == 2 && outcome.error.find(set) != std::string::npos) return {};
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
    std::vector<std::vector<double>> vectors;
    std::istringstream lines(outcome.output);
    for (std::string line; std::getline(lines, line);) {
      vectors.push_back(nlohmann::json::parse(line)["vector"]);
    }
    EXPECT_EQ(vectors.size(), 4u);
    return vectors;
  }

  static void ExpectNear(const std::vector<std::vector<double>>& actual,
                         const std::vector<std::vector<double>>& expected, double error) {
    ASSERT_EQ(actual.size(), expected.size());
    for (std::size_t text = 0; text < actual.size(); ++text) {
      ASSERT_EQ(actual[text].size(), expected[text].size());
      for (std::size_t i = 0; i < actual[text].size(); ++i) {
        ASSERT_NEAR(actual[text][i], expected[text][i], error) << "text " << text << ", " << i;
      }
    }
  }

  Workspace workspace_;
};

TEST_P(Encoding, IsTheSameOnEveryInstructionSet) {
  const auto best = Encoded("");
  ASSERT_TRUE(best);
  for (const char* set : {"avx512", "avx2", "sse4", "ssse3", "scalar"}) {
    SCOPED_TRACE(set);
    if (const auto vectors = Encoded("", set)) ExpectNear(*vectors, *best, 1e-5);
  }
}

TEST_P(Encoding, IsTheSameOnAnyNumberOfThreads) {
  const auto one = Encoded("--threads 1");
  ASSERT_TRUE(one);
  for (const char* count : {"2", "5", "16"}) {
    ExpectNear(*Encoded(std::string("--threads ") + count), *one, 1e-6);
  }
}

TEST_P(Encoding, KeepsTheDirectionInEightBitsOnEveryInstructionSet) {
  const auto exact = Encoded("--normalize");
  ASSERT_TRUE(exact);
  for (const char* set : {"", "avx512", "avx2", "sse4"}) {
    const auto vectors = Encoded("--normalize --precision int8", set);
    if (!vectors) continue;
    for (std::size_t text = 0; text < exact->size(); ++text) {
      double cosine = 0;
      for (std::size_t i = 0; i < (*exact)[text].size(); ++i) {
        cosine += (*exact)[text][i] * (*vectors)[text][i];
      }
      EXPECT_GT(cosine, 0.99) << "'" << set << "', text " << text;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Architectures, Encoding,
                         testing::Values("albert", "bert", "distilbert", "gpt2", "roberta", "t5",
                                         "t5_gated"),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace
}  // namespace wordkin::cli_test
