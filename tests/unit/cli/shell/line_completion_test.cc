#include "cli/shell/line_completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "cli/shell/shell_commands.h"
#include "common/store/store_writer.h"
#include "common/support/atomic_file.h"

namespace wordkin::cli {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class LineCompletionTest : public testing::Test {
 protected:
  LineCompletionTest() {
    std::filesystem::create_directories(folder_ + "/sets");
    std::ofstream(folder_ + "/list one.txt") << "king\n";
    std::vector<Vocabulary::Entry> entries;
    for (const char* word : {"king", "prince", "princess", "new york", "new zealand", "straße",
                             "strände", "strasse", "'tis", "bell\a", "--odd"}) {
      entries.push_back({word, 1});
    }
    EmbeddingTable table{Vocabulary(entries), AlignedMatrix(entries.size(), 2)};
    AtomicFile file(folder_ + "/v.kin");
    WriteStore(file, table, {.precision = Precision::kFloat32, .metadata_json = {}});
    store_.emplace(folder_ + "/v.kin");
  }
  ~LineCompletionTest() override { std::filesystem::remove_all(folder_); }

  LineCompletion Complete(const std::string& line) const { return CompleteLine(line, *store_); }
  // The line behind Tab.
  std::string After(const std::string& line) const {
    const LineCompletion completion = Complete(line);
    return line.substr(0, completion.begin) + completion.replacement;
  }

  const std::string folder_ = testing::TempDir() + "line_completion." + std::to_string(::getpid());
  std::optional<EmbeddingStore> store_;
};

TEST_F(LineCompletionTest, ALineBeginsWithACommandOrAWord) {
  EXPECT_EQ(After("neigh"), "neighbors ");
  EXPECT_EQ(After("qu"), "quit ");
  EXPECT_EQ(After("ki"), "king ");
  EXPECT_EQ(After("nothing"), "nothing");
  EXPECT_THAT(Complete("").shown, Contains("analogy"));
  EXPECT_THAT(Complete("").shown, Not(Contains("king")));
}

TEST_F(LineCompletionTest, EveryCommandAndOptionIsCompleted) {
  for (const Command* command : ShellCommands()) {
    const std::string name(command->name);
    EXPECT_THAT(Complete("").shown, Contains(name));
    for (const Option& option : command->options) {
      const std::string dashed = "--" + std::string(option.name);
      EXPECT_THAT(Complete(name + " --").shown, Contains(dashed));
    }
    EXPECT_EQ(After(name + " --hel"), name + " --help ");
  }
}

TEST_F(LineCompletionTest, OptionsGetTheirChoicesFilesOrNothing) {
  EXPECT_EQ(After("neighbors --search ex"), "neighbors --search exact ");
  EXPECT_EQ(After("neighbors --search=h"), "neighbors --search=hnsw ");
  EXPECT_THAT(Complete("king --search ").shown, ElementsAre("auto", "exact", "hnsw"));
  EXPECT_EQ(After("neighbors -k ki"), "neighbors -k ki");
  EXPECT_EQ(After("neighbors -k 5 ki"), "neighbors -k 5 king ");
  EXPECT_EQ(After("neighbors --min-score -0.5 ki"), "neighbors --min-score -0.5 king ");
  EXPECT_EQ(After("neighbors --exclude " + folder_ + "/li"),
            "neighbors --exclude \"" + folder_ + "/list one.txt\" ");
  EXPECT_EQ(After("neighbors --exclude=" + folder_ + "/se"),
            "neighbors --exclude=" + folder_ + "/sets/");
  EXPECT_EQ(After("evaluate --analogies a " + folder_ + "/se"),
            "evaluate --analogies a " + folder_ + "/sets/");
}

TEST_F(LineCompletionTest, WordsAreCompletedAsFarAsTheyAgree) {
  EXPECT_EQ(After("analogy king pr"), "analogy king prince");
  EXPECT_THAT(Complete("analogy king prince").shown, ElementsAre("prince", "princess"));
  EXPECT_EQ(After("king - pri"), "king - prince");
  EXPECT_EQ(After("similarity "), "similarity ");
  EXPECT_EQ(After("info ki"), "info ki");
}

TEST_F(LineCompletionTest, WordsWithBlanksAreQuoted) {
  EXPECT_EQ(After("similarity \"new y"), "similarity \"new york\" ");
  EXPECT_EQ(After("similarity 'new z"), "similarity \"new zealand\" ");
  EXPECT_EQ(After("similarity n"), "similarity \"new ");
  EXPECT_THAT(Complete("similarity \"new ").shown, ElementsAre("\"new york\"", "\"new zealand\""));
  EXPECT_EQ(After("similarity \"'t"), "similarity \"'tis\" ");
}

TEST_F(LineCompletionTest, CharactersStayWhole) {
  // What follows begins with the same byte in both.
  EXPECT_EQ(After("st"), "str");
  EXPECT_THAT(Complete("str").shown, ElementsAre("straße", "strände", "strasse"));
  EXPECT_EQ(After("straß"), "straße ");
  EXPECT_EQ(After("STRASS"), "strasse ");
  EXPECT_EQ(After("st\xff"), "st\xff");
}

TEST_F(LineCompletionTest, WordsThatATerminalWouldObeyAreLeftOut) {
  EXPECT_EQ(After("bel"), "bel");
}

TEST_F(LineCompletionTest, HelpIsCompletedByAllCommands) {
  EXPECT_EQ(After("help tra"), "help train ");
  EXPECT_EQ(After("help neigh"), "help neighbors ");
}

}  // namespace
}  // namespace wordkin::cli
