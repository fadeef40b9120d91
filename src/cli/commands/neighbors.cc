#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/answers/answer_filter.h"
#include "cli/answers/answer_queries.h"
#include "cli/answers/open_vectors.h"
#include "cli/answers/query_lines.h"
#include "cli/answers/ranked_words.h"
#include "cli/answers/search_choice.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/numbers.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "query/search/vector_index.h"

namespace wordkin::cli {
namespace neighbors_command {
namespace {

constexpr QueryShape kWordShape = {.minimum_words = 1,
                                   .maximum_words = 1,
                                   .wanted = "one word",
                                   .kind = QueryKind::kOneWord,
                                   .may_be_expression = true};

// The words behind FILE.
std::vector<std::string> Asked(const Arguments& arguments) {
  return {arguments.positionals().begin() + 1, arguments.positionals().end()};
}

// Words with a sign between them are an expression, without that being said.
QueryShape ChosenShape(const Arguments& arguments) {
  QueryShape shape = kWordShape;
  shape.kind = arguments.Choose<QueryKind>("query", {{"word", QueryKind::kOneWord},
                                                     {"expression", QueryKind::kExpression},
                                                     {"sentence", QueryKind::kSentence},
                                                     {"vector", QueryKind::kVector}});
  shape.is_quiet = arguments.Has("quiet");
  const std::vector<std::string> asked = Asked(arguments);
  if (!arguments.Has("query") && asked.size() > 2 && std::ranges::any_of(asked, IsSign)) {
    shape.kind = QueryKind::kExpression;
  }
  if (shape.kind == QueryKind::kExpression) {
    shape.maximum_words = Command::kUnlimited;
    shape.wanted = "words with + or - between them";
  }
  return shape;
}

// Of a vector whose numbers are not in one argument each would be a question.
void RefuseLooseNumbers(const std::vector<std::string>& asked, const EmbeddingStore& store) {
  if (store.dimension() == 1 || asked.size() < 2) return;
  if (std::ranges::any_of(asked, [](const std::string& each) { return !ParseReal(each); })) return;
  throw Error(ErrorKind::kUsage, "a vector is one argument: put its numbers in quotes, as in '" +
                                     asked[0] + " " + asked[1] + (asked.size() > 2 ? " ..." : "") +
                                     "'");
}

// An expression may stand in one argument or in several; of other queries each is one.
std::vector<std::vector<std::string>> GivenQueries(const Arguments& arguments,
                                                   const QueryShape& shape,
                                                   const EmbeddingStore& store) {
  const std::vector<std::string> asked = Asked(arguments);
  if (shape.kind == QueryKind::kVector) RefuseLooseNumbers(asked, store);
  std::vector<std::vector<std::string>> queries;
  if (shape.kind == QueryKind::kExpression && std::ranges::any_of(asked, IsSign)) return {asked};
  for (const std::string& each : asked) {
    queries.push_back(shape.kind == QueryKind::kExpression ? SplitWords(each)
                                                           : std::vector<std::string>{each});
  }
  return queries;
}

struct NeighborSetup {
  QueryShape shape;
  std::size_t count;
  double least_score;
  AnswerStyle style;
  bool with_headings;
};

class NeighborFinder {
 public:
  NeighborFinder(const EmbeddingStore& store, const query::VectorIndex& index,
                 const query::RowFilter* filter, const ShownFields& shown,
                 const NeighborSetup& setup, const Console& console)
      : store_(store),
        index_(index),
        filter_(filter),
        shown_(shown),
        setup_(setup),
        console_(console) {}

  std::vector<Answer> Solve(std::span<const WordQuery> queries) const {
    std::vector<std::vector<WordId>> own_words;
    std::vector<query::SearchRequest> requests;
    for (const WordQuery& query : queries) {
      std::vector<WordId>& own = own_words.emplace_back();
      for (const query::QueryWord& word : query.resolved) own.push_back(word.id);
    }
    for (std::size_t i = 0; i < queries.size(); ++i) {
      requests.push_back({queries[i].vector, setup_.count, own_words[i], filter_});
    }
    auto found = index_.SearchBatch(requests);
    std::vector<Answer> answers;
    for (std::size_t i = 0; i < queries.size(); ++i) {
      std::erase_if(found[i], [&](const query::Neighbor& each) {
        return static_cast<double>(each.score) < setup_.least_score;
      });
      answers.push_back({Write(queries[i], found[i]), !found[i].empty()});
    }
    return answers;
  }

 private:
  std::string Write(const WordQuery& query, std::span<const query::Neighbor> found) const {
    const std::vector<ScoredWord> words = shown_.Words(store_, found);
    if (setup_.style == AnswerStyle::kJson) {
      Json json = JsonQuery(setup_.shape, query);
      json["search"] = index_.name();
      json["neighbors"] = RankedJson(words);
      return JsonLine(json);
    }
    const std::string asked = Printable(query.text.empty() ? query.words.front() : query.text);
    if (setup_.style == AnswerStyle::kLine) return asked + RankedFields(words) + "\n";
    const std::string heading = setup_.with_headings ? console_.Bold(asked) + "\n" : "";
    if (found.empty()) return heading + "  (no neighbours)\n";
    return heading + RankedReadable(words);
  }

  const EmbeddingStore& store_;
  const query::VectorIndex& index_;
  const query::RowFilter* filter_;
  const ShownFields& shown_;
  const NeighborSetup& setup_;
  const Console& console_;
};

int Run(const Arguments& arguments, Console& console) {
  NeighborSetup setup = {.shape = ChosenShape(arguments),
                         .count = AnswerCount(arguments),
                         .least_score = arguments.Real("min-score"),
                         .style = AnswerStyle::kReadable,
                         .with_headings = false};
  const bool is_expression = setup.shape.kind == QueryKind::kExpression;
  const bool is_batch =
      !(is_expression && Asked(arguments).size() > 2) && ReadsStandardInput(arguments);
  setup.style = is_batch                ? StyleFor(arguments, console)
                : arguments.Has("json") ? AnswerStyle::kJson
                                        : AnswerStyle::kReadable;
  const EmbeddingStore store = OpenVectors(arguments, is_batch, console);
  const auto queries = is_batch ? std::vector<std::vector<std::string>>()
                                : GivenQueries(arguments, setup.shape, store);
  setup.with_headings = is_batch || queries.size() > 1;
  const bool asks_for_ids = setup.shape.kind == QueryKind::kOneWord && store.texts() != nullptr;
  if (asks_for_ids) setup.shape.wanted = "one document id";
  const std::optional<query::RowFilter> filter = ChosenFilter(arguments, store, console);
  const ShownFields shown(arguments, store);
  const auto index = ChooseIndex(store, arguments, {.is_batch = is_batch}, console);
  const NeighborFinder finder(store, *index, filter ? &*filter : nullptr, shown, setup, console);
  const Solver solve = [&](std::span<const WordQuery> asked) { return finder.Solve(asked); };
  if (is_batch) return AnswerBatch(store, setup.shape, setup.style, solve, console);
  return AnswerGivenQueries(store, setup.shape, queries, setup.style, solve, console);
}

constexpr Positional kPositionals[] = {
    {"FILE", "a .kin file, or vectors of another tool"},
    {"[WORD...]",
     "words to ask about, or several with + and - between them as one question; none or '-': one a "
     "line from standard input",
     ValueKind::kText},
};
constexpr Example kExamples[] = {
    {"neighbors v.kin king", "the ten words nearest to 'king'"},
    {"neighbors v.kin king queen -k 5", "the five nearest of each"},
    {"neighbors v.kin king - man + woman", "words nearest to a sum of vectors"},
    {"neighbors v.kin bank --min-count 100 --match '^[a-z]+$' --show counts,rank",
     "among common words of plain letters only, with their counts"},
    {"neighbors v.kin --query sentence 'a cold river in spring'",
     "words near to all of a sentence"},
    {"neighbors v.kin --json < words.txt", "one JSON object for each line of a file"},
};
constexpr Option kOptions[] = {
    kCountOption,
    {.name = "query",
     .kind = ValueKind::kChoice,
     .value_name = "word|expression|sentence|vector",
     .default_value = "word",
     .description = "what a question or line is: a word; words with + and - between them; a "
                    "sentence, of which the known words count; numbers, as many as a vector has"},
    kLimitVocabularyOption,
    kMinCountOption,
    kMatchOption,
    kExcludeOption,
    {.name = "min-score",
     .kind = ValueKind::kReal,
     .value_name = "X",
     .default_value = "-1",
     .description = "answer only with words whose cosine is X or more",
     .lowest = -1,
     .highest = 1},
    kShowOption,
    kSearchOption,
    kEffortOption,
    kRecallOption,
    kThreadsOption,
    kJsonOption,
    kQuietNotesOption,
};

}  // namespace
}  // namespace neighbors_command

const Command kNeighborsCommand = {
    .name = "neighbors",
    .summary = "list the words nearest to a word",
    .description =
        "Scores are cosines: 1 is the same direction. Of several words the unit vectors are added "
        "up, "
        "and none of them is an answer. A batch from standard input is answered one "
        "line a query: the word, then each neighbour and its score, separated by tabs.",
    .positionals = neighbors_command::kPositionals,
    .minimum_positionals = 1,
    .examples = neighbors_command::kExamples,
    .options = neighbors_command::kOptions,
    .run = neighbors_command::Run,
};

}  // namespace wordkin::cli
