// The pages that are written, opened and used in a browser.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/cli/process.h"

namespace wordkin::cli_test {
namespace {

// By a script of scripts/, which says what is wrong.
void CheckPage(const Workspace& workspace, const std::string& script, const std::string& page) {
  constexpr int kNoBrowser = 3;
  const Outcome outcome =
      RunShell(std::string(WORDKIN_SCRIPTS) + "/" + script + " " + page, workspace.path());
  if (outcome.exit_code == kNoBrowser) GTEST_SKIP() << outcome.error;
  EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
}

void MakeMap(const Workspace& workspace, const std::string& command) {
  const Outcome outcome = RunShell(command, workspace.path());
  ASSERT_EQ(outcome.exit_code, 0) << outcome.error;
}

TEST(Browser, UsesAMap) {
  const Workspace workspace;
  workspace.MakeStore();
  MakeMap(workspace, "wordkin map v.kin --clusters 4 -o map.html -q");
  CheckPage(workspace, "check-map", "map.html");
}

TEST(Browser, UsesAMapOfHostileWords) {
  const Workspace workspace;
  workspace.Write("words.txt",
                  "12 3\n"
                  "</script><script>alert(1)</script> 1 0 0\n"
                  "<!-- 1 0.1 0\n"
                  "<img/src=x/onerror=alert(1)> 1 0 0.1\n"
                  "\"'&lt; 0 1 0\n"
                  "\\u003c\\ 0 1 0.1\n"
                  "\u05E2\u05D1\u05E8\u05D9\u05EA 0.1 1 0\n"
                  "\u202Edrow 0 0 1\n"
                  "\U0001F600 0.1 0 1\n"
                  "%23%zz 0 0.1 1\n"
                  "\x01\x1B[31m 1 1 0\n"
                  "Stra\u00DFe 1 1 0.1\n" +
                      std::string(2000, 'w') + " 1 1 1\n");
  MakeMap(workspace, "wordkin map words.txt --around '<!--' --clusters 3 -o map.html -q");
  CheckPage(workspace, "check-map", "map.html");
}

TEST(Browser, UsesAMapOfOneWord) {
  const Workspace workspace;
  workspace.Write("words.txt", "1 2\nking 1 2\n");
  MakeMap(workspace, "wordkin map words.txt --method pca -o map.html -q");
  CheckPage(workspace, "check-map", "map.html");
}

TEST(Browser, OpensAReportOfCompare) {
  const Workspace workspace;
  workspace.MakeStore();
  std::filesystem::copy(std::filesystem::path(WORDKIN_CLI_TESTS) / "../golden/encoders/bert",
                        workspace.File("bert"), std::filesystem::copy_options::recursive);
  MakeMap(workspace,
          "wordkin compare v.kin --encoder bert --word king 'the king' 'a king and a queen' "
          "'king of the crown' --html page.html -q");
  CheckPage(workspace, "check-report", "page.html");
}

}  // namespace
}  // namespace wordkin::cli_test
