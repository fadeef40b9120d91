#include <memory>

#include "cli/answer_queries.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/open_vectors.h"
#include "cli/ranked_words.h"
#include "cli/search_choice.h"
#include "common/text/printable.h"
#include "query/vector_index.h"

namespace wordkin::cli {
namespace neighbors_command {
namespace {

constexpr QueryShape kShape = {
    .minimum_words = 1, .maximum_words = 1, .wanted = "one word", .line_is_one_word = true};

class NeighborFinder {
 public:
  NeighborFinder(const EmbeddingStore& store, const query::VectorIndex& index, std::size_t count,
                 AnswerStyle style, bool with_headings, const Console& console)
      : store_(store),
        index_(index),
        count_(count),
        style_(style),
        with_headings_(with_headings),
        console_(console) {}

  std::vector<Answer> Solve(std::span<const WordQuery> queries) const {
    const std::size_t dimension = store_.dimension();
    std::vector<float> vectors(queries.size() * dimension);
    std::vector<query::SearchRequest> requests;
    for (std::size_t i = 0; i < queries.size(); ++i) {
      const std::span<float> vector(vectors.data() + i * dimension, dimension);
      const query::QueryWord& word = queries[i].resolved.front();
      query::CopyUnitRow(store_, word, vector);
      requests.push_back({vector, count_, std::span(&word.id, 1)});
    }
    const auto found = index_.SearchBatch(requests);
    std::vector<Answer> answers;
    for (std::size_t i = 0; i < queries.size(); ++i) {
      answers.push_back({Write(queries[i], found[i]), !found[i].empty()});
    }
    return answers;
  }

 private:
  std::string Write(const WordQuery& query, std::span<const query::Neighbor> found) const {
    if (style_ == AnswerStyle::kJson) {
      Json json = JsonQuery(kShape, query);
      json["search"] = index_.name();
      json["neighbors"] = RankedJson(ScoredWords(store_, found));
      return JsonLine(json);
    }
    const std::string word = Printable(query.words.front());
    if (style_ == AnswerStyle::kLine) return word + RankedFields(ScoredWords(store_, found)) + "\n";
    const std::string heading = with_headings_ ? console_.Bold(word) + "\n" : "";
    if (found.empty()) return heading + "  (no neighbours)\n";
    return heading + RankedReadable(ScoredWords(store_, found));
  }

  const EmbeddingStore& store_;
  const query::VectorIndex& index_;
  std::size_t count_;
  AnswerStyle style_;
  bool with_headings_;
  const Console& console_;
};

int Run(const Arguments& arguments, Console& console) {
  const std::vector<std::string>& positionals = arguments.positionals();
  const bool is_batch = ReadsStandardInput(arguments);
  const std::size_t count = AnswerCount(arguments);
  const EmbeddingStore store = OpenVectors(arguments, is_batch, console);
  const auto index = ChooseIndex(store, arguments, is_batch);
  const AnswerStyle style = StyleFor(arguments, console);
  const NeighborFinder finder(store, *index, count, style, is_batch || positionals.size() > 2,
                              console);
  const Solver solve = [&](std::span<const WordQuery> queries) { return finder.Solve(queries); };
  if (is_batch) return AnswerBatch(store, kShape, style, solve, console);
  std::vector<std::vector<std::string>> queries;
  for (std::size_t i = 1; i < positionals.size(); ++i) queries.push_back({positionals[i]});
  return AnswerGivenQueries(store, kShape, queries, style, solve, console);
}

constexpr Positional kPositionals[] = {
    {"FILE", "a .kin file, or vectors of another tool"},
    {"[WORD...]", "words to ask about; none or '-': one a line from standard input"},
};
constexpr Example kExamples[] = {
    {"neighbors v.kin king", "the ten words nearest to 'king'"},
    {"neighbors v.kin king queen -k 5", "the five nearest of each"},
    {"neighbors v.kin --json < words.txt", "one JSON object for each line of a file"},
};
constexpr Option kOptions[] = {kCountOption,           kSearchOption, kEffortOption,
                               kLimitVocabularyOption, kJsonOption,   kQuietQueryOption};

}  // namespace
}  // namespace neighbors_command

const Command kNeighborsCommand = {
    .name = "neighbors",
    .summary = "list the words nearest to a word",
    .description =
        "Scores are cosines: 1 is the same direction. A batch from standard input is answered one "
        "line a query: the word, then each neighbour and its score, separated by tabs.",
    .positionals = neighbors_command::kPositionals,
    .minimum_positionals = 1,
    .examples = neighbors_command::kExamples,
    .options = neighbors_command::kOptions,
    .run = neighbors_command::Run,
};

}  // namespace wordkin::cli
