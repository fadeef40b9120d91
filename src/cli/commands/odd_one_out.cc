#include "cli/answers/answer_queries.h"
#include "cli/answers/ranked_words.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "common/text/printable.h"
#include "query/questions/word_relations.h"

namespace wordkin::cli {
namespace odd_one_out_command {
namespace {

constexpr QueryShape kShape = {.minimum_words = 3, .wanted = "three words or more"};

std::string Write(const Console& console, const WordQuery& query,
                  std::span<const query::RankedWord> ranked, AnswerStyle style) {
  const std::string& odd = query.words[ranked.front().position];
  std::vector<ScoredWord> scored;
  for (const query::RankedWord& each : ranked) {
    scored.push_back({query.words[each.position], each.score});
  }
  if (style == AnswerStyle::kJson) {
    Json json = JsonQuery(kShape, query);
    json["odd"] = odd;
    json["words"] = RankedJson(scored);
    return JsonLine(json);
  }
  if (style == AnswerStyle::kLine) return Printable(odd) + RankedFields(scored) + "\n";
  return console.Bold(Printable(odd)) + "\n" + console.Dim(RankedReadable(scored));
}

int Run(const Arguments& arguments, Console& console) {
  return AnswerOneByOne(
      "odd-one-out", arguments, kShape,
      [&](const EmbeddingStore& store, const WordQuery& query, AnswerStyle style) {
        return Write(console, query, query::RankOddOneOut(store, query.resolved), style);
      },
      console);
}

constexpr Positional kPositionals[] = {
    {"FILE", "a .kin file, or vectors of another tool"},
    {"[WORD...]", "three words or more; none or '-': the words of a line from standard input",
     ValueKind::kText},
};
constexpr Example kExamples[] = {
    {"odd-one-out v.kin breakfast lunch dinner car", "which word does not belong"},
    {"odd-one-out v.kin --json < groups.txt", "one JSON object for each line of a file"},
};
constexpr Option kOptions[] = {kJsonOption, kQuietQueryOption};

}  // namespace
}  // namespace odd_one_out_command

const Command kOddOneOutCommand = {
    .name = "odd-one-out",
    .summary = "find the word that does not belong with the others",
    .description =
        "Words are ranked by their cosine to the mean of all of them, the least fitting "
        "first. A batch from standard input is answered one line a query: the odd word, "
        "then every word and its cosine, separated by tabs.",
    .positionals = odd_one_out_command::kPositionals,
    .minimum_positionals = 1,
    .examples = odd_one_out_command::kExamples,
    .options = odd_one_out_command::kOptions,
    .run = odd_one_out_command::Run,
};

}  // namespace wordkin::cli
