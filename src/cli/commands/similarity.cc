#include "cli/answers/answer_queries.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/numbers.h"
#include "common/text/printable.h"
#include "query/questions/word_relations.h"

namespace wordkin::cli {
namespace similarity_command {
namespace {

constexpr QueryShape kShape = {.minimum_words = 2, .maximum_words = 2, .wanted = "two words"};

std::string Write(const WordQuery& query, float similarity, AnswerStyle style) {
  if (style == AnswerStyle::kJson) {
    Json json = JsonQuery(kShape, query);
    json["similarity"] = JsonNumber(similarity);
    return JsonLine(json);
  }
  const std::string number = FixedPoint(similarity, 4);
  if (style == AnswerStyle::kLine) {
    return Printable(query.words[0] + " " + query.words[1]) + "\t" + number + "\n";
  }
  return number + "\n";
}

int Run(const Arguments& arguments, Console& console) {
  return AnswerOneByOne(
      "similarity", arguments, kShape,
      [](const EmbeddingStore& store, const WordQuery& query, AnswerStyle style) {
        return Write(query, query::Similarity(store, query.resolved[0], query.resolved[1]), style);
      },
      console);
}

constexpr Positional kPositionals[] = {
    {"FILE", "a .kin file, or vectors of another tool"},
    {"[A B]", "the two words; none or '-': two words a line from standard input", ValueKind::kText},
};
constexpr Example kExamples[] = {
    {"similarity v.kin tea coffee", "how near two words are"},
    {"similarity v.kin --json < pairs.txt", "one JSON object for each line 'A B' of a file"},
};
constexpr Option kOptions[] = {kJsonOption, kQuietQueryOption};

}  // namespace
}  // namespace similarity_command

const Command kSimilarityCommand = {
    .name = "similarity",
    .summary = "say how near two words are",
    .description =
        "The answer is the cosine of their vectors: from -1 to 1, 1 for a word and "
        "itself, about 0 for words that have nothing to do with each other.",
    .positionals = similarity_command::kPositionals,
    .minimum_positionals = 1,
    .maximum_positionals = 3,
    .examples = similarity_command::kExamples,
    .options = similarity_command::kOptions,
    .run = similarity_command::Run,
};

}  // namespace wordkin::cli
