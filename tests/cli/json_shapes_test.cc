// The field names of every JSON answer are a promise to other programs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/process.h"

namespace wordkin::cli_test {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;

std::vector<std::string> Keys(const Json& json) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  return keys;
}

class JsonShapes : public testing::Test {
 protected:
  void SetUp() override {
    workspace_.MakeStore();
    workspace_.WriteCorpus();
  }

  Json Ask(const std::string& words) const {
    const Outcome outcome = RunShell("wordkin " + words, workspace_.path());
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
    return Json::parse(outcome.output);
  }

  Workspace workspace_;
};

TEST_F(JsonShapes, Neighbors) {
  const Json json = Ask("neighbors v.kin king -k 3 --json");
  EXPECT_THAT(Keys(json), ElementsAre("query", "search", "neighbors"));
  EXPECT_EQ(json["query"], "king");
  EXPECT_EQ(json["search"], "exact");
  ASSERT_EQ(json["neighbors"].size(), 3u);
  EXPECT_THAT(Keys(json["neighbors"][0]), ElementsAre("word", "score"));
  EXPECT_GE(json["neighbors"][0]["score"], json["neighbors"][1]["score"]);
}

TEST_F(JsonShapes, Convert) {
  workspace_.Write("bad.txt", "2 2\na 1 2\nb 1 x\n");
  const Json json = Ask("convert bad.txt good.kin --on-error skip --json");
  EXPECT_THAT(Keys(json), ElementsAre("file", "format", "words_file", "words", "dimension",
                                      "left_out", "bytes", "seconds"));
  EXPECT_EQ(json["format"], "kin");
  EXPECT_EQ(json["words_file"], nullptr);
  EXPECT_EQ(json["words"], 1);
  EXPECT_EQ(json["left_out"], 1);
  EXPECT_EQ(Ask("convert v.kin v.npy --json -q")["words_file"], "v.words");
}

TEST_F(JsonShapes, Index) {
  const Json graph = Ask("index v.kin --json");
  EXPECT_THAT(Keys(graph), ElementsAre("file", "kind", "words", "added_bytes", "bytes", "seconds"));
  EXPECT_EQ(graph["kind"], "graph");
  EXPECT_EQ(graph["words"], 22);
  EXPECT_GT(graph["bytes"], graph["added_bytes"]);
  EXPECT_EQ(Ask("index v.kin --kind nibbles --json -q")["kind"], "nibbles");
}

TEST_F(JsonShapes, Tokenize) {
  const Json json = Ask("tokenize --kind words --json 'Bread, bread'");
  EXPECT_THAT(Keys(json), ElementsAre("ids", "pieces", "offsets", "words"));
  EXPECT_EQ(json["offsets"].dump(), "[[0,5],[7,12]]");
}

TEST_F(JsonShapes, NumbersAreShort) {
  const Json json = Ask("neighbors v.kin king -k 3 --json");
  for (const Json& neighbor : json["neighbors"]) {
    EXPECT_LE(neighbor["score"].dump().size(), 9u) << neighbor;
  }
}

TEST_F(JsonShapes, Analogy) {
  const Json json = Ask("analogy v.kin king queen apple -k 2 --method multiply --json");
  EXPECT_THAT(Keys(json), ElementsAre("query", "method", "search", "answers"));
  EXPECT_EQ(json["query"], Json({"king", "queen", "apple"}));
  EXPECT_EQ(json["method"], "multiply");
  ASSERT_EQ(json["answers"].size(), 2u);
  EXPECT_THAT(Keys(json["answers"][0]), ElementsAre("word", "score"));
}

TEST_F(JsonShapes, AnalogyOfPairs) {
  workspace_.Write("pairs.txt", "king queen\nprince princess\nking nosuch\n");
  const Json json = Ask("analogy v.kin --pairs pairs.txt apple -k 2 --method regression --json");
  EXPECT_THAT(Keys(json),
              ElementsAre("query", "method", "pairs", "skipped_pairs", "search", "answers"));
  EXPECT_EQ(json["method"], "regression");
  EXPECT_EQ(json["pairs"], 2);
  EXPECT_EQ(json["skipped_pairs"], 1);
}

TEST_F(JsonShapes, Relation) {
  workspace_.Write("x", "king queen nosuch\n");
  workspace_.Write("y", "tram bus\n");
  workspace_.Write("a", "prince\n");
  workspace_.Write("b", "car\n");
  const Json json = Ask("relation v.kin --targets x y --attributes a b --json");
  EXPECT_THAT(Keys(json),
              ElementsAre("targets", "attributes", "statistic", "effect_size", "p_value", "exact",
                          "partitions", "words", "unknown", "associations"));
  EXPECT_EQ(json["targets"], Json({"x", "y"}));
  ASSERT_EQ(json["associations"].size(), 2u);
  EXPECT_THAT(Keys(json["associations"][0][0]), ElementsAre("word", "score"));
}

TEST_F(JsonShapes, Cluster) {
  const Json json = Ask("cluster v.kin -k 1 --json");
  EXPECT_THAT(Keys(json), ElementsAre("cluster", "size", "mean_cosine", "nearest"));
  EXPECT_EQ(json["size"], 22);
  EXPECT_EQ(json["nearest"].size(), 8u);
}

TEST_F(JsonShapes, Duplicates) {
  const Json json = Ask("duplicates v.kin --min-score 0.5 -k 1 --json");
  EXPECT_THAT(Keys(json), ElementsAre("words", "score", "differs_by_case"));
}

TEST_F(JsonShapes, Similarity) {
  const Json json = Ask("similarity v.kin king queen --json");
  EXPECT_THAT(Keys(json), ElementsAre("query", "similarity"));
  EXPECT_TRUE(json["similarity"].is_number());
}

TEST_F(JsonShapes, RankOf) {
  const Json json = Ask("rank-of v.kin king queen --json");
  EXPECT_THAT(Keys(json), ElementsAre("query", "similarity", "rank", "reverse_rank", "words"));
  EXPECT_EQ(json["words"], 21);
}

TEST_F(JsonShapes, OddOneOut) {
  const Json json = Ask("odd-one-out v.kin king queen car --json");
  EXPECT_THAT(Keys(json), ElementsAre("query", "odd", "words"));
  EXPECT_EQ(json["odd"], "car");
  EXPECT_EQ(json["words"].size(), 3u);
}

TEST_F(JsonShapes, Evaluate) {
  workspace_.Write("a.txt", ": royal\nking queen prince princess\n: nothing\nx y z w\n");
  workspace_.Write("s.txt", "king queen 9\nking car 1\napple plum 8\nbus pear 2\n");
  const Json json = Ask("evaluate v.kin --analogies a.txt --similarity s.txt --json");
  EXPECT_THAT(Keys(json), ElementsAre("analogies", "similarity", "sets"));
  const Json& analogies = json["analogies"][0];
  EXPECT_THAT(Keys(analogies), ElementsAre("file", "asked", "correct", "skipped", "accuracy",
                                           "interval", "sections", "interval_method"));
  EXPECT_EQ(analogies["asked"], 1);
  EXPECT_EQ(analogies["skipped"], 1);
  EXPECT_EQ(analogies["interval"].size(), 2u);
  const Json& nothing = analogies["sections"][1];
  EXPECT_THAT(Keys(nothing),
              ElementsAre("name", "asked", "correct", "skipped", "accuracy", "interval"));
  EXPECT_TRUE(nothing["accuracy"].is_null()) << "nothing was asked";
  const Json& similarity = json["similarity"][0];
  EXPECT_THAT(Keys(similarity),
              ElementsAre("file", "pairs", "skipped", "unseen", "seen_spearman", "spearman",
                          "interval", "interval_method", "bootstrap"));
  EXPECT_EQ(similarity["pairs"], 4);
  EXPECT_EQ(similarity["interval_method"], "fisher");
  ASSERT_EQ(json["sets"].size(), 2u);
  for (const Json& set : json["sets"]) {
    EXPECT_THAT(Keys(set), ElementsAre("file", "kind", "items", "skipped", "coverage", "measure",
                                       "score", "interval", "interval_method", "bootstrap"));
  }
  EXPECT_EQ(json["sets"][0]["interval_method"], "wilson");
  EXPECT_EQ(json["sets"][1]["measure"], "spearman");
  EXPECT_EQ(json["sets"][1]["score"], similarity["spearman"]);
}

TEST_F(JsonShapes, EvaluateByFrequency) {
  workspace_.Write("o.txt", "king queen car\nking queen plum\napple plum bus\n");
  const Json json = Ask("evaluate v.kin --odd-one-out o.txt --by-frequency 2 --json");
  EXPECT_TRUE(json["analogies"].empty());
  const Json& set = json["sets"][0];
  EXPECT_EQ(set["kind"], "odd_one_out");
  EXPECT_EQ(set["measure"], "accuracy");
  ASSERT_EQ(set["by_frequency"].size(), 2u);
  EXPECT_THAT(Keys(set["by_frequency"][0]),
              ElementsAre("unseen", "first_rank", "last_rank", "highest_count", "lowest_count",
                          "items", "score", "interval", "interval_method", "bootstrap"));
  EXPECT_TRUE(set["by_frequency"][0]["lowest_count"].is_null()) << "the store has no counts";
}

TEST_F(JsonShapes, EvaluateKnowsOurOwnSets) {
  const Outcome outcome = RunShell(
      "wordkin evaluate v.kin --sets '" WORDKIN_CLI_TESTS "/../../data' --json", workspace_.path());
  ASSERT_EQ(outcome.exit_code, 0) << outcome.error;
  const Json json = Json::parse(outcome.output);
  std::vector<std::string> kinds;
  for (const Json& set : json["sets"]) kinds.push_back(set["kind"]);
  EXPECT_THAT(kinds, ElementsAre("analogies", "categories", "odd_one_out", "similarity"));
}

TEST_F(JsonShapes, EvaluateTwoFiles) {
  workspace_.Write("s.txt", "king queen 9\nking car 1\napple plum 8\nbus pear 2\n");
  workspace_.Write("c.txt", "king royal\nqueen royal\nplum fruit\n");
  const Json json = Ask("evaluate v.kin v.kin --sets s.txt c.txt --json");
  EXPECT_THAT(Keys(json), ElementsAre("files", "comparison"));
  EXPECT_EQ(json["files"], Json({"v.kin", "v.kin"}));
  ASSERT_EQ(json["comparison"].size(), 2u);
  for (const Json& set : json["comparison"]) {
    EXPECT_THAT(Keys(set), ElementsAre("file", "kind", "items", "skipped", "measure", "scores",
                                       "difference", "interval", "interval_method", "test",
                                       "p_value", "p_adjusted", "could_be_chance"));
    EXPECT_EQ(set["scores"].size(), 2u);
    EXPECT_EQ(set["p_value"], 1);
    EXPECT_TRUE(set["could_be_chance"]);
  }
  EXPECT_EQ(json["comparison"][0]["test"], "permutation");
  EXPECT_EQ(json["comparison"][1]["test"], "sign-flip");
}

TEST_F(JsonShapes, EvaluateGivesNullForACorrelationOfTooFewPairs) {
  workspace_.Write("s.txt", "king queen 9\nking car 1\n");
  const Outcome outcome =
      RunShell("wordkin evaluate v.kin --similarity s.txt --json", workspace_.path());
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_TRUE(Json::parse(outcome.output)["similarity"][0]["spearman"].is_null());
}

TEST_F(JsonShapes, Info) {
  const Outcome training = RunShell(
      "wordkin train skipgram corpus.txt -o trained.kin --dimension 8 --subsample 0 --epochs 3 -q",
      workspace_.path());
  ASSERT_EQ(training.exit_code, 0) << training.error;
  const Json json = Ask("info trained.kin --json");
  EXPECT_THAT(Keys(json),
              ElementsAre("file", "bytes", "version", "precision", "words", "dimension", "graph",
                          "nibbles", "documents", "subwords", "sections", "provenance"));
  EXPECT_TRUE(json["documents"].is_null());
  EXPECT_EQ(json["bytes"], workspace_.Read("trained.kin").size());
  EXPECT_THAT(Keys(json["sections"][0]), ElementsAre("name", "codec", "stored", "raw"));
  const Json& provenance = json["provenance"];
  EXPECT_THAT(
      Keys(provenance),
      ElementsAre("program", "version", "command", "model", "dimension", "window", "loss",
                  "negative", "negative_exponent", "subsample", "min_count", "max_vocabulary",
                  "epochs", "learning_rate", "schedule", "output_vectors", "tokenizer", "store",
                  "seed", "reproducible", "threads", "instruction_set", "corpus", "losses",
                  "words_trained", "interrupted", "seconds", "date"));
  EXPECT_EQ(provenance["corpus"]["files"], Json({"corpus.txt"}));
  EXPECT_EQ(provenance["corpus"]["words"], 2400);
  EXPECT_EQ(provenance["corpus"]["xxh3"].get<std::string>().size(), 16u);
  EXPECT_EQ(provenance["losses"].size(), 3u);
  EXPECT_LT(provenance["losses"][2], provenance["losses"][0]);
  EXPECT_EQ(provenance["words_trained"], 7200);
}

TEST_F(JsonShapes, EmbedTextAndSearch) {
  workspace_.Write("texts.txt", "the king\nan apple\n");
  const Json made = Ask("embed-text v.kin texts.txt -o docs.kin --json -q");
  EXPECT_THAT(Keys(made),
              ElementsAre("file", "documents", "added", "dimension", "graph", "left_out",
                          "truncated", "repaired", "unknown_words", "words", "bytes", "seconds"));
  EXPECT_THAT(Keys(made["left_out"]), ElementsAre("empty", "unknown", "faulty"));
  EXPECT_EQ(made["bytes"], workspace_.Read("docs.kin").size());
  const Json found = Ask("search docs.kin 'queen zzz' -k 1 --json");
  EXPECT_THAT(Keys(found), ElementsAre("query", "unknown", "search", "documents"));
  EXPECT_THAT(Keys(found["documents"][0]), ElementsAre("id", "score", "text"));
  EXPECT_THAT(Keys(Ask("info docs.kin --json")["documents"]),
              ElementsAre("vectors", "fingerprint", "weighting", "tokenizer", "component",
                          "documents", "lines_read"));
}

TEST_F(JsonShapes, InfoOfAFileOfAnotherTool) {
  ASSERT_EQ(RunShell("wordkin convert v.kin other.txt -q", workspace_.path()).exit_code, 0);
  const Json json = Ask("info other.txt --json");
  EXPECT_THAT(Keys(json), ElementsAre("file", "bytes", "format", "words", "dimension", "subwords"));
  EXPECT_EQ(json["bytes"], workspace_.Read("other.txt").size());
  EXPECT_EQ(json["format"], "word2vec-text");
}

TEST_F(JsonShapes, Verify) {
  const Json json = Ask("verify v.kin --json");
  EXPECT_THAT(Keys(json), ElementsAre("file", "intact", "sections"));
}

TEST_F(JsonShapes, EventsOfTraining) {
  const Outcome outcome = RunShell(
      "wordkin train cbow corpus.txt -o new.kin --dimension 8 --epochs 3 --subsample 0 --json-log "
      "- "
      "--quiet",
      workspace_.path());
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.error, "");
  std::vector<Json> events;
  std::istringstream lines(outcome.output);
  for (std::string line; std::getline(lines, line);) events.push_back(Json::parse(line));
  ASSERT_GE(events.size(), 6u);
  EXPECT_EQ(events.front()["event"], "start");
  EXPECT_EQ(events.front()["cbow_gradient"], "original");
  EXPECT_EQ(events.front()["learning_rate"], 0.05);
  EXPECT_EQ(events[1]["event"], "corpus");
  EXPECT_EQ(events[1]["vocabulary"], 22);
  int epochs = 0;
  for (const Json& event : events) {
    if (event["event"] != "epoch") continue;
    EXPECT_EQ(event["epoch"], ++epochs);
  }
  EXPECT_EQ(epochs, 3);
  EXPECT_EQ(events.back()["event"], "done");
  EXPECT_EQ(events.back()["bytes"], workspace_.Read("new.kin").size());
}

TEST_F(JsonShapes, EventsOfAFailure) {
  workspace_.Write("few.txt", "too few words");
  const Outcome outcome =
      RunShell("wordkin train cbow few.txt -o new.kin --json-log log", workspace_.path());
  EXPECT_EQ(outcome.exit_code, 2);
  const std::string log = workspace_.Read("log");
  const Json last = Json::parse(log.substr(log.find('\n') + 1));
  EXPECT_EQ(last["event"], "failed");
  EXPECT_THAT(last["error"].get<std::string>(), testing::HasSubstr("min-count"));
}

TEST_F(JsonShapes, ABatchThroughTheGraphSaysSo) {
  ASSERT_EQ(RunShell("wordkin index v.kin -q", workspace_.path()).exit_code, 0);
  const Outcome outcome =
      RunShell("wordkin neighbors v.kin --search hnsw --json", workspace_.path(), "king\napple\n");
  std::istringstream lines(outcome.output);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_EQ(Json::parse(line)["search"], "hnsw");
  }
}

}  // namespace
}  // namespace wordkin::cli_test
