#include "query/questions/analogy.h"

#include <memory>
#include <optional>
#include <utility>

#include "cli/answers/answer_filter.h"
#include "cli/answers/answer_queries.h"
#include "cli/answers/listed_words.h"
#include "cli/answers/open_vectors.h"
#include "cli/answers/ranked_words.h"
#include "cli/answers/search_choice.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/numbers.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "query/questions/pair_analogy.h"

namespace wordkin::cli {
namespace analogy_command {
namespace {

// With --pairs a question is one word: what they have in common is asked for it.
constexpr QueryShape kShape = {.minimum_words = 3, .maximum_words = 3, .wanted = "three words"};
constexpr QueryShape kPairsShape = {
    .minimum_words = 1, .maximum_words = 1, .wanted = "one word", .kind = QueryKind::kOneWord};

struct AnalogySetup {
  query::AnalogyOptions options;
  std::string method_name;
  AnswerStyle style;
  bool has_pairs;
  bool uses_index;
  bool has_headings;        // for people: whose answers follow
  ListedPairs listed = {};  // of --pairs

  const QueryShape& shape() const { return has_pairs ? kPairsShape : kShape; }
};

std::string Write(const EmbeddingStore& store, const AnalogySetup& setup, const std::string& search,
                  const ShownFields& shown, const WordQuery& query,
                  std::span<const query::Neighbor> found) {
  const std::vector<ScoredWord> words = shown.Words(store, found);
  if (setup.style == AnswerStyle::kJson) {
    Json json = JsonQuery(setup.shape(), query);
    json["method"] = setup.method_name;
    if (setup.has_pairs) {
      json["pairs"] = setup.listed.pairs.size();
      json["skipped_pairs"] = setup.listed.skipped;
    }
    json["search"] = search;
    json["answers"] = RankedJson(words);
    return JsonLine(json);
  }
  std::string asked;
  for (const std::string& word : query.words) asked += (asked.empty() ? "" : " ") + word;
  if (setup.style == AnswerStyle::kLine) return Printable(asked) + RankedFields(words) + "\n";
  const std::string heading = setup.has_headings ? Printable(asked) + "\n" : "";
  if (found.empty()) return heading + "  (no answer)\n";
  return heading + RankedReadable(words);
}

using Found = std::vector<std::vector<query::Neighbor>>;

Found SolveTriples(const EmbeddingStore& store, const query::VectorIndex& index,
                   const AnalogySetup& setup, std::span<const WordQuery> queries) {
  std::vector<query::AnalogyQuery> analogies;
  for (const WordQuery& query : queries) {
    analogies.push_back({query.resolved[0], query.resolved[1], query.resolved[2]});
  }
  return query::SolveAnalogies(store, index, analogies, setup.options);
}

Found SolveByPairs(const query::VectorIndex& index, const query::PairAnalogy& pairs,
                   std::span<const WordQuery> queries) {
  std::vector<query::QueryWord> words;
  for (const WordQuery& query : queries) words.push_back(query.resolved.front());
  return pairs.Solve(index, words);
}

// What of the command line only three words have a use for, or only pairs.
void CheckChoices(const Arguments& arguments, bool has_pairs) {
  const std::string method = arguments.Has("method") ? arguments.Text("method") : "";
  const bool is_of_pairs = method == "average" || method == "regression";
  if (is_of_pairs && !has_pairs) {
    throw Error(ErrorKind::kUsage, "--method " + method + " wants --pairs FILE to learn from");
  }
  if (has_pairs && !method.empty() && !is_of_pairs) {
    throw Error(ErrorKind::kUsage, "--method " + method +
                                       " solves a question of three words; with --pairs it is "
                                       "average or regression");
  }
  for (const char* const name : {"pairs-may-answer", "section", "seed"}) {
    if (arguments.Has(name) && !has_pairs) {
      throw Error(ErrorKind::kUsage, "--" + std::string(name) + " has no use without --pairs");
    }
  }
  if (arguments.Has("seed") && method != "regression") {
    throw Error(ErrorKind::kUsage, "--seed has no use without --method regression");
  }
  if (has_pairs || ReadsStandardInput(arguments) || arguments.positionals().size() == 4) return;
  throw Error(ErrorKind::kUsage,
              "an analogy wants three words A B C after the file: A is to B as "
              "C is to what?");
}

AnalogySetup ReadSetup(const Arguments& arguments, const Console& console) {
  const bool has_pairs = arguments.Has("pairs");
  CheckChoices(arguments, has_pairs);
  const std::string method =
      arguments.Has("method") ? arguments.Text("method") : (has_pairs ? "average" : "add");
  AnalogySetup setup = {
      .options = {.answer_count = AnswerCount(arguments),
                  .limit_vocabulary = VocabularyLimit(arguments)},
      .method_name = method,
      .style = StyleFor(arguments, console),
      .has_pairs = has_pairs,
      .uses_index = method == "add" || method == "average",
      .has_headings = has_pairs && arguments.positionals().size() > 2,
  };
  if (method == "multiply") setup.options.method = query::AnalogyMethod::kMultiply;
  if (method == "direction") setup.options.method = query::AnalogyMethod::kDirection;
  const std::string graph = AskedForGraph(arguments);
  if (!setup.uses_index && !graph.empty()) {
    throw Error(ErrorKind::kUsage, "--method " + method + " scores every word and cannot use " +
                                       graph + "; only --method " +
                                       (has_pairs ? "average" : "add") + " can");
  }
  return setup;
}

// Reads the pairs that --pairs names, and tells of those that are of no use.
query::PairAnalogy LearnPairs(const Arguments& arguments, const EmbeddingStore& store,
                              AnalogySetup& setup, Console& console) {
  const std::string path = arguments.Text("pairs");
  if (path == "-" && ReadsStandardInput(arguments)) {
    throw Error(ErrorKind::kUsage, "standard input cannot hold both the pairs and the questions");
  }
  WordResolver resolver(store);
  const std::optional<std::string> section =
      arguments.Has("section") ? std::optional(arguments.Text("section")) : std::nullopt;
  setup.listed = ReadListedPairs(path, section, resolver);
  if (setup.listed.skipped > 0 && !arguments.Has("quiet")) {
    console.Note("left out " + WithThousands(setup.listed.skipped) + " of the " +
                 Counted(setup.listed.pairs.size() + setup.listed.skipped, "pair", "pairs") +
                 " of '" + path + "', whose words are not all known");
  }
  return query::PairAnalogy(
      store, setup.listed.pairs,
      {.method = setup.uses_index ? query::PairMethod::kAverage : query::PairMethod::kRegression,
       .answer_count = setup.options.answer_count,
       .limit_vocabulary = setup.options.limit_vocabulary,
       .filter = setup.options.filter,
       .pairs_may_answer = arguments.Has("pairs-may-answer"),
       .seed = arguments.Integer("seed")});
}

// Of the command line: three words, or with --pairs as many questions as words.
std::vector<std::vector<std::string>> GivenQueries(const Arguments& arguments, bool has_pairs) {
  const std::vector<std::string> words(arguments.positionals().begin() + 1,
                                       arguments.positionals().end());
  if (!has_pairs) return {words};
  std::vector<std::vector<std::string>> queries;
  for (const std::string& word : words) queries.push_back({word});
  return queries;
}

int Run(const Arguments& arguments, Console& console) {
  const bool is_batch = ReadsStandardInput(arguments);
  AnalogySetup setup = ReadSetup(arguments, console);
  const EmbeddingStore store = OpenVectors(arguments, is_batch, console);
  const std::optional<query::RowFilter> filter = ChosenFilter(arguments, store, console);
  setup.options.filter = filter ? &*filter : nullptr;
  const ShownFields shown(arguments, store);
  const auto index =
      ChooseIndex(store, arguments, {.is_batch = is_batch && setup.uses_index}, console);
  const std::optional<query::PairAnalogy> pairs =
      setup.has_pairs ? std::optional(LearnPairs(arguments, store, setup, console)) : std::nullopt;
  // Methods that ask no index score every word.
  const std::string search = setup.uses_index ? std::string(index->name()) : "exact";
  const Solver solve = [&](std::span<const WordQuery> queries) {
    const Found found =
        pairs ? SolveByPairs(*index, *pairs, queries) : SolveTriples(store, *index, setup, queries);
    std::vector<Answer> answers;
    for (std::size_t i = 0; i < queries.size(); ++i) {
      answers.push_back(
          {Write(store, setup, search, shown, queries[i], found[i]), !found[i].empty()});
    }
    return answers;
  };
  if (is_batch) return AnswerBatch(store, setup.shape(), setup.style, solve, console);
  return AnswerGivenQueries(store, setup.shape(), GivenQueries(arguments, setup.has_pairs),
                            setup.style, solve, console);
}

constexpr Positional kPositionals[] = {
    {"FILE", "a .kin file, or vectors of another tool"},
    {"[A B C]",
     "the three words, or with --pairs any number of words C; none or '-': three words, or one, a "
     "line from standard input",
     ValueKind::kText},
};
constexpr Example kExamples[] = {
    {"analogy v.kin man king woman", "man is to king as woman is to ..."},
    {"analogy v.kin france paris japan --method multiply", "the same question, solved by 3CosMul"},
    {"analogy v.kin --pairs capitals.txt norway peru",
     "what is to 'norway', and to 'peru', as the second words of a file are to the first"},
    {"analogy v.kin --json < questions.txt", "one JSON object for each line 'A B C' of a file"},
};
constexpr Option kOptions[] = {
    {.name = "method",
     .kind = ValueKind::kChoice,
     .value_name = "add|multiply|direction|average|regression",
     .default_value = "add, with --pairs average",
     .description = "how to solve: 3CosAdd, 3CosMul or PairDirection; with --pairs 3CosAvg or "
                    "LRCos"},
    {.name = "pairs",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "pairs of words that lie as question and answer do, two words a line"},
    {.name = "section",
     .kind = ValueKind::kText,
     .value_name = "NAME",
     .description = "the section of the pairs to use, where lines ': NAME' part them"},
    {.name = "pairs-may-answer", .description = "the words of the pairs may be answers too"},
    {.name = "seed",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "1",
     .description = "seed of the words that regression tells the answers from",
     .highest = 9e18},
    kCountOption,
    kLimitVocabularyOption,
    kMinCountOption,
    kMatchOption,
    kExcludeOption,
    kShowOption,
    kSearchOption,
    kEffortOption,
    kRecallOption,
    kThreadsOption,
    kJsonOption,
    kQuietNotesOption,
};

}  // namespace
}  // namespace analogy_command

const Command kAnalogyCommand = {
    .name = "analogy",
    .summary = "solve 'A is to B as C is to what?'",
    .description =
        "The words of the question are never among the answers. Method add seeks the word nearest "
        "to B - A + C, multiply weighs its closeness to B and C against that to A, direction seeks "
        "the word that lies from C as B lies from A. With --pairs, questions are words C alone: "
        "method average "
        "goes from C as the pairs go on average, regression learns what the pairs' second words "
        "have in common and weighs it against the closeness to C (Drozd, Gladkova and Matsuoka "
        "2016). A batch from standard input is answered one line a query: its words, then each "
        "answer and its score, separated by tabs.",
    .positionals = analogy_command::kPositionals,
    .minimum_positionals = 1,
    .examples = analogy_command::kExamples,
    .options = analogy_command::kOptions,
    .run = analogy_command::Run,
};

}  // namespace wordkin::cli
