// Runs the cases of tests/cli/cases: each a file of steps that a person can read and type in.
//
//   # what the case shows
//   $ wordkin neighbors v.kin king      a shell line in a fresh folder, where v.kin and corpus.txt
//                                       lie when the case names them, and subwords.bin,
//                                       fastText's own model, and encoders/bert, encoders/gpt2 and
//                                       so on, the tiny models of tests/golden
//   in king\nqueen                      its standard input, before the '$'
//   env NO_COLOR=1                      a variable for it, before the '$'
//   exit 0                              after the '$': what is expected of it
//   out|err empty                       nothing was written
//   out|err is TEXT                     all that was written; \n, \t and \e as in C
//   out|err has TEXT    out|err lacks TEXT
//   out|err lines N
//   out|err matches REGEX               somewhere (ECMAScript)
//   out json                            each line is a JSON value
//   out golden NAME                     the same as tests/cli/golden/NAME

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/cli/process.h"

namespace wordkin::cli_test {
namespace {

namespace fs = std::filesystem;

std::string ReadWhole(const fs::path& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

std::string Unescape(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result += text[i];
      continue;
    }
    const char letter = text[++i];
    result += letter == 'n'   ? '\n'
              : letter == 't' ? '\t'
              : letter == 'e' ? '\x1b'
              : letter == 'r' ? '\r'
                              : letter;
  }
  return result;
}

// "out has x y" -> {"out", "has", "x y"}
struct Line {
  std::string first;
  std::string second;
  std::string rest;
};

Line Parse(const std::string& text) {
  Line line;
  std::istringstream stream(text);
  stream >> line.first;
  if (line.first == "out" || line.first == "err") stream >> line.second;
  std::getline(stream >> std::ws, line.rest);
  return line;
}

void ExpectEachLineToBeJson(const std::string& text) {
  std::istringstream lines(text);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    EXPECT_TRUE(nlohmann::json::accept(line)) << "no JSON: " << line;
  }
  EXPECT_GT(count, 0u) << "no line at all";
}

void Check(const Line& line, const std::string& actual) {
  const std::string expected = Unescape(line.rest);
  if (line.second == "empty") {
    EXPECT_EQ(actual, "");
  } else if (line.second == "is") {
    EXPECT_EQ(actual, expected);
  } else if (line.second == "has") {
    EXPECT_NE(actual.find(expected), std::string::npos)
        << "lacks: " << expected << "\nin: " << actual;
  } else if (line.second == "lacks") {
    EXPECT_EQ(actual.find(expected), std::string::npos)
        << "has: " << expected << "\nin: " << actual;
  } else if (line.second == "lines") {
    EXPECT_EQ(std::ranges::count(actual, '\n'), std::stol(expected)) << actual;
  } else if (line.second == "matches") {
    EXPECT_TRUE(std::regex_search(actual, std::regex(line.rest)))
        << "does not match: " << line.rest << "\nin: " << actual;
  } else if (line.second == "json") {
    ExpectEachLineToBeJson(actual);
  } else if (line.second == "golden") {
    EXPECT_EQ(actual, ReadWhole(fs::path(WORDKIN_CLI_TESTS) / "golden" / line.rest));
  } else {
    FAIL() << "no such check: " << line.first << " " << line.second;
  }
}

class CliCase : public testing::TestWithParam<std::string> {};

TEST_P(CliCase, BehavesAsWritten) {
  const std::string script =
      ReadWhole(fs::path(WORDKIN_CLI_TESTS) / "cases" / (GetParam() + ".case"));
  const Workspace workspace;
  if (script.find("v.kin") != std::string::npos) workspace.MakeStore();
  if (script.find("subwords.bin") != std::string::npos) {
    fs::copy(fs::path(WORDKIN_CLI_TESTS) / "../golden/fasttext/subwords.bin", workspace.path());
  }
  if (script.find("encoders/") != std::string::npos) {
    fs::copy(fs::path(WORDKIN_CLI_TESTS) / "../golden/encoders", workspace.File("encoders"),
             fs::copy_options::recursive);
  }
  if (script.find("corpus.txt") != std::string::npos) workspace.WriteCorpus();
  std::string input;
  Environment environment;
  Outcome outcome;
  std::istringstream lines(script);
  int checks = 0;
  for (std::string text; std::getline(lines, text);) {
    if (text.empty() || text.starts_with('#')) continue;
    SCOPED_TRACE(text);
    const Line line = Parse(text);
    if (line.first == "in") {
      input = Unescape(line.rest);
    } else if (line.first == "env") {
      const std::size_t equals = line.rest.find('=');
      environment[line.rest.substr(0, equals)] = line.rest.substr(equals + 1);
    } else if (line.first == "$") {
      outcome = RunShell(line.rest, workspace.path(), input, environment);
      EXPECT_EQ(outcome.signal, 0) << outcome.error;
      input.clear();
      environment.clear();
    } else if (line.first == "exit") {
      EXPECT_EQ(outcome.exit_code, std::stoi(line.rest)) << outcome.output << outcome.error;
      ++checks;
    } else {
      Check(line, line.first == "out" ? outcome.output : outcome.error);
      ++checks;
    }
  }
  EXPECT_GT(checks, 0) << "the case checks nothing";
}

std::vector<std::string> CaseNames() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(WORDKIN_CLI_TESTS) / "cases")) {
    if (entry.path().extension() == ".case") names.push_back(entry.path().stem());
  }
  std::ranges::sort(names);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Cli, CliCase, testing::ValuesIn(CaseNames()),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace wordkin::cli_test
