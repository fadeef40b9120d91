#include "query/questions/analogy.h"

#include <memory>
#include <optional>

#include "cli/answers/answer_filter.h"
#include "cli/answers/answer_queries.h"
#include "cli/answers/open_vectors.h"
#include "cli/answers/ranked_words.h"
#include "cli/answers/search_choice.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/shared_choices.h"
#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::cli {
namespace analogy_command {
namespace {

constexpr QueryShape kShape = {.minimum_words = 3, .maximum_words = 3, .wanted = "three words"};

struct AnalogySetup {
  query::AnalogyOptions options;
  std::string method_name;
  AnswerStyle style;
};

std::string Write(const EmbeddingStore& store, const AnalogySetup& setup, const std::string& search,
                  const ShownFields& shown, const WordQuery& query,
                  std::span<const query::Neighbor> found) {
  const std::vector<ScoredWord> words = shown.Words(store, found);
  if (setup.style == AnswerStyle::kJson) {
    Json json = JsonQuery(kShape, query);
    json["method"] = setup.method_name;
    json["search"] = search;
    json["answers"] = RankedJson(words);
    return JsonLine(json);
  }
  if (setup.style == AnswerStyle::kLine) {
    return Printable(query.words[0] + " " + query.words[1] + " " + query.words[2]) +
           RankedFields(words) + "\n";
  }
  if (found.empty()) return "  (no answer)\n";
  return RankedReadable(words);
}

std::vector<Answer> Solve(const EmbeddingStore& store, const query::VectorIndex& index,
                          const AnalogySetup& setup, const ShownFields& shown,
                          std::span<const WordQuery> queries) {
  std::vector<query::AnalogyQuery> analogies;
  for (const WordQuery& query : queries) {
    analogies.push_back({query.resolved[0], query.resolved[1], query.resolved[2]});
  }
  const auto found = query::SolveAnalogies(store, index, analogies, setup.options);
  // The other methods score word by word, whatever the index.
  const std::string search =
      setup.options.method == query::AnalogyMethod::kAdd ? std::string(index.name()) : "exact";
  std::vector<Answer> answers;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    answers.push_back(
        {Write(store, setup, search, shown, queries[i], found[i]), !found[i].empty()});
  }
  return answers;
}

void CheckWordCount(const Arguments& arguments) {
  if (ReadsStandardInput(arguments) || arguments.positionals().size() == 4) return;
  throw Error(ErrorKind::kUsage,
              "an analogy wants three words A B C after the file: A is to B as "
              "C is to what?");
}

int Run(const Arguments& arguments, Console& console) {
  CheckWordCount(arguments);
  const bool is_batch = ReadsStandardInput(arguments);
  AnalogySetup setup = {
      .options = {.method = ChosenMethod(arguments),
                  .answer_count = AnswerCount(arguments),
                  .limit_vocabulary = VocabularyLimit(arguments)},
      .method_name = arguments.Text("method"),
      .style = StyleFor(arguments, console),
  };
  const bool uses_index = setup.options.method == query::AnalogyMethod::kAdd;
  if (!uses_index && arguments.Text("search") == "hnsw") {
    throw Error(ErrorKind::kUsage, "--method " + setup.method_name +
                                       " scores every word and cannot use --search hnsw; only "
                                       "--method add can");
  }
  const EmbeddingStore store = OpenVectors(arguments, is_batch, console);
  const std::optional<query::RowFilter> filter = ChosenFilter(arguments, store);
  setup.options.filter = filter ? &*filter : nullptr;
  const ShownFields shown(arguments, store);
  const auto index = ChooseIndex(store, arguments, {.is_batch = is_batch && uses_index}, console);
  const Solver solve = [&](std::span<const WordQuery> queries) {
    return Solve(store, *index, setup, shown, queries);
  };
  if (is_batch) return AnswerBatch(store, kShape, setup.style, solve, console);
  const std::vector<std::string> words(arguments.positionals().begin() + 1,
                                       arguments.positionals().end());
  return AnswerGivenQueries(store, kShape, {words}, setup.style, solve, console);
}

constexpr Positional kPositionals[] = {
    {"FILE", "a .kin file, or vectors of another tool"},
    {"[A B C]", "the three words; none or '-': three words a line from standard input"},
};
constexpr Example kExamples[] = {
    {"analogy v.kin man king woman", "man is to king as woman is to ..."},
    {"analogy v.kin france paris japan --method multiply", "the same question, solved by 3CosMul"},
    {"analogy v.kin --json < questions.txt", "one JSON object for each line 'A B C' of a file"},
};
constexpr Option kOptions[] = {kMethodOption,   kCountOption,  kLimitVocabularyOption,
                               kMinCountOption, kMatchOption,  kExcludeOption,
                               kShowOption,     kSearchOption, kEffortOption,
                               kRecallOption,   kJsonOption,   kQuietQueryOption};

}  // namespace
}  // namespace analogy_command

const Command kAnalogyCommand = {
    .name = "analogy",
    .summary = "solve 'A is to B as C is to what?'",
    .description =
        "The words of the question are never among the answers. Method add seeks the word nearest "
        "to B - A + C, multiply weighs its closeness to B and C against that to A, direction seeks "
        "the word that lies from C as B lies from A. A batch from standard input is answered one "
        "line a query: the three words, then each answer and its score, separated by tabs.",
    .positionals = analogy_command::kPositionals,
    .minimum_positionals = 1,
    .maximum_positionals = 4,
    .examples = analogy_command::kExamples,
    .options = analogy_command::kOptions,
    .run = analogy_command::Run,
};

}  // namespace wordkin::cli
