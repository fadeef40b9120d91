// Memory too small for what is to be done.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/cli/process.h"

namespace wordkin::cli_test {
namespace {

// A tree of the JSON would take 25 times the header's size.
TEST(SmallMemory, IsEnoughForAHeaderOfManySmallLists) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers take address space without end";
#endif
  const Workspace workspace;
  std::string header = R"({"__metadata__":[)";
  for (int i = 0; i < 3'000'000; ++i) header += "[],";
  header += "[]]}";
  std::string length;
  for (int i = 0; i < 8; ++i) length += static_cast<char>(header.size() >> (8 * i) & 0xff);
  workspace.Write("model.safetensors", length + header);
  workspace.Write("config.json", R"({"model_type":"gpt2","n_embd":2,"n_positions":2,"n_head":1,)"
                                 R"("vocab_size":2,"n_layer":1})");
  workspace.Write("vocab.txt", "a\n");
  const Outcome outcome =
      RunShell("ulimit -v 100000; wordkin encode --encoder . a", workspace.path());
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_NE(outcome.error.find("it has no tensor 'wte.weight'"), std::string::npos)
      << outcome.error;
}

TEST(SmallMemory, IsEnoughForAQuestionOfAnyLength) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers take address space without end";
#endif
  const Workspace workspace;
  workspace.MakeStore();
  const Outcome outcome = RunShell(
      "(head -c 400000000 /dev/zero; echo; echo king) | "
      "(ulimit -v 300000; wordkin neighbors v.kin -k 1)",
      workspace.path());
  EXPECT_EQ(outcome.exit_code, 1) << outcome.error;
  EXPECT_NE(outcome.output.find("bytes)\nking\t"), std::string::npos) << outcome.output;
}

TEST(SmallMemory, IsToldBeforeAStoreIsShrunkOrProcessed) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers take address space without end";
#endif
  const Workspace workspace;
  std::string text = "20000 200\n";
  for (int i = 0; i < 20000; ++i) {
    text += "w" + std::to_string(i) + " 1";
    for (int column = 1; column < 200; ++column) text += " 0";
    text += '\n';
  }
  workspace.Write("big.txt", text);
  ASSERT_EQ(RunShell("wordkin convert big.txt big.kin --store int8 -q", workspace.path()).exit_code,
            0);
  const auto with_25_megabytes = [&](const std::string& command) {
    return RunShell("ulimit -v 25000; wordkin " + command, workspace.path());
  };
  const Outcome shrunk = with_25_megabytes("shrink big.kin small.kin");
  EXPECT_EQ(shrunk.exit_code, 3);
  EXPECT_NE(shrunk.error.find("shrinking 'big.kin' to 20,000 words takes 17 MB of memory, and "),
            std::string::npos)
      << shrunk.error;
  EXPECT_NE(shrunk.error.find(" are there; lower --max-vocabulary or free some"), std::string::npos)
      << shrunk.error;
  const Outcome processed = with_25_megabytes("postprocess big.kin small.kin --threads 1");
  EXPECT_EQ(processed.exit_code, 3);
  EXPECT_NE(processed.error.find("processing 'big.kin' takes "), std::string::npos)
      << processed.error;
  EXPECT_FALSE(workspace.Has("small.kin"));
  const Outcome enough = with_25_megabytes("shrink big.kin small.kin --max-vocabulary 100 -q");
  EXPECT_EQ(enough.exit_code, 0) << enough.error;
}

TEST(SmallMemory, IsToldBeforeWordsAreComparedInContext) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers take address space without end";
#endif
  const Workspace workspace;
  std::filesystem::copy(std::string(WORDKIN_CLI_TESTS) + "/../golden/encoders/bert",
                        workspace.File("bert"));
  std::string pairs, answers;
  for (int i = 0; i < 300'000; ++i) {  // of 2 x 3 layers x 24 values
    pairs += "a\tN\t0-0\ta\ta\n";
    answers += "T\n";
  }
  workspace.Write("many.data.txt", pairs);
  workspace.Write("many.gold.txt", answers);
  workspace.Write("few.data.txt", "a\tN\t0-0\ta\ta\n");
  workspace.Write("few.gold.txt", "T\n");
  const Outcome outcome = RunShell(
      "ulimit -v 300000; wordkin evaluate --encoder bert --word-in-context few.data.txt "
      "--tune many.data.txt --threads 1",
      workspace.path());
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_NE(outcome.error.find("comparing words by all layers in the 300,001 pairs of "
                               "'few.data.txt' and 'many.data.txt' takes 250 MB of memory"),
            std::string::npos)
      << outcome.error;
}

TEST(SmallMemory, ForThreadsIsToldByEveryCommandThatStartsThem) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers take address space without end";
#endif
  const Workspace workspace;
  workspace.MakeStore();
  workspace.WriteCorpus();
  for (const std::string command :
       {"cluster v.kin", "duplicates v.kin", "index v.kin", "map v.kin --tsv",
        "phrases corpus.txt -o -", "postprocess v.kin new.kin",
        "train glove corpus.txt -o new.kin"}) {
    const Outcome outcome =
        RunShell("ulimit -s 8192; ulimit -v 3000000; wordkin " + command + " --threads 1024",
                 workspace.path());
    EXPECT_EQ(outcome.exit_code, 3) << command;
    EXPECT_NE(outcome.error.find("cannot start 1024 threads: the system grants "),
              std::string::npos)
        << command << ": " << outcome.error;
  }
}

// Stacks for which there is no room: as when the system grants no threads.
TEST(SmallMemory, LetsOneThreadSearchWhereNoOtherCanBeStarted) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers take address space without end";
#endif
  const Workspace workspace;
  std::string text = "9000 256\n";  // two megabytes of 8-bit rows, or they are not parted
  for (int i = 0; i < 9000; ++i) {
    text += "w" + std::to_string(i);
    for (int column = 0; column < 256; ++column) text += (i * 7 + column) % 11 < 3 ? " 1" : " 0";
    text += '\n';
  }
  workspace.Write("big.txt", text);
  ASSERT_EQ(RunShell("wordkin convert big.txt big.kin -q && "
                     "wordkin index big.kin --connectivity 4 --construction-effort 10 -q",
                     workspace.path())
                .exit_code,
            0);
  for (const std::string search : {"exact", "hnsw"}) {
    const std::string command =
        "printf 'w1\\nw2\\nw3\\n' | wordkin neighbors big.kin -k 2 --search " + search;
    const Outcome granted = RunShell(command, workspace.path());
    const Outcome alone =
        RunShell("ulimit -s 4000000; ulimit -v 2000000; " + command, workspace.path());
    EXPECT_EQ(alone.exit_code, 0) << search << ": " << alone.error;
    EXPECT_EQ(alone.output, granted.output);
    EXPECT_NE(alone.output, "");
  }
}

// Ten thousand times what they take in their file, and never all at once.
TEST(SmallMemory, IsEnoughForManyLongTextsThatAreFound) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers take address space without end";
#endif
  const Workspace workspace;
  workspace.Write("v.txt", "2 2\na 1 0\nb 0 1\n");
  std::string texts;
  for (int i = 0; i < 20; ++i) texts += "a " + std::string(8'000'000, 'x') + " b\n";
  workspace.Write("texts.txt", texts);
  ASSERT_EQ(RunShell("wordkin convert v.txt v.kin -q && "
                     "wordkin embed-text v.kin texts.txt -o d.kin -q",
                     workspace.path())
                .exit_code,
            0);
  for (const std::string style : {"", " --json"}) {
    const Outcome found = RunShell(
        "ulimit -v 200000; echo a | wordkin search d.kin -k 20 --threads 1" + style + " | wc -c",
        workspace.path());
    EXPECT_EQ(found.error, "");
    EXPECT_GT(std::stoll("0" + found.output), 20 * 8'000'000LL) << style;
  }
}

}  // namespace
}  // namespace wordkin::cli_test
