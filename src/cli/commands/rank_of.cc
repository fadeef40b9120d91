#include <optional>
#include <string>
#include <vector>

#include "cli/answers/answer_filter.h"
#include "cli/answers/answer_queries.h"
#include "cli/answers/open_vectors.h"
#include "cli/answers/search_choice.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/numbers.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "query/questions/neighbor_rank.h"

namespace wordkin::cli {
namespace rank_of_command {
namespace {

constexpr QueryShape kShape = {.minimum_words = 2, .maximum_words = 2, .wanted = "two words"};

std::string Place(const std::string& word, std::size_t place, std::size_t word_count,
                  const std::string& neighbor) {
  return "  " + word + " is number " + WithThousands(place) + " of the " +
         Counted(word_count, "word", "words") + " near " + neighbor + "\n";
}

// Of a word and itself there is no place to tell.
std::string Write(const WordQuery& query, const query::NeighborRanks& ranks, AnswerStyle style) {
  const bool has_places = ranks.word_count > 0;
  if (style == AnswerStyle::kJson) {
    Json json = JsonQuery(kShape, query);
    json["similarity"] = JsonNumber(ranks.similarity);
    json["rank"] = has_places ? Json(ranks.of_b_near_a) : Json();
    json["reverse_rank"] = has_places ? Json(ranks.of_a_near_b) : Json();
    json["words"] = ranks.word_count;
    return JsonLine(json);
  }
  const std::string a = Printable(query.words[0]);
  const std::string b = Printable(query.words[1]);
  const std::string similarity = FixedPoint(ranks.similarity, 4);
  if (style == AnswerStyle::kLine) {
    if (!has_places) return a + " " + b + "\t(no neighbour of itself)\n";
    return a + " " + b + "\t" + similarity + "\t" + std::to_string(ranks.of_b_near_a) + "\t" +
           std::to_string(ranks.of_a_near_b) + "\n";
  }
  if (!has_places) return "  " + a + " is no neighbour of itself\n";
  return similarity + "\n" + Place(b, ranks.of_b_near_a, ranks.word_count, a) +
         Place(a, ranks.of_a_near_b, ranks.word_count, b);
}

std::vector<Answer> Solve(const EmbeddingStore& store, const query::RankOptions& options,
                          AnswerStyle style, std::span<const WordQuery> queries) {
  std::vector<query::WordPair> pairs;
  for (const WordQuery& query : queries) pairs.push_back({query.resolved[0], query.resolved[1]});
  const std::vector<query::NeighborRanks> ranks = query::RankNeighbors(store, pairs, options);
  std::vector<Answer> answers;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    answers.push_back({Write(queries[i], ranks[i], style), ranks[i].word_count > 0});
  }
  return answers;
}

int Run(const Arguments& arguments, Console& console) {
  const bool is_batch = ReadsStandardInput(arguments);
  const std::vector<std::string> words(arguments.positionals().begin() + 1,
                                       arguments.positionals().end());
  if (!is_batch && words.size() != 2) {
    throw Error(ErrorKind::kUsage, "rank-of wants two words A B after the file");
  }
  const EmbeddingStore store = OpenVectors(arguments, is_batch, console);
  const std::optional<query::RowFilter> filter = ChosenFilter(arguments, store, console);
  const query::RankOptions options = {.limit_vocabulary = VocabularyLimit(arguments),
                                      .filter = filter ? &*filter : nullptr};
  const AnswerStyle style = StyleFor(arguments, console);
  const Solver solve = [&](std::span<const WordQuery> queries) {
    return Solve(store, options, style, queries);
  };
  if (is_batch) return AnswerBatch(store, kShape, style, solve, console);
  return AnswerGivenQueries(store, kShape, {words}, style, solve, console);
}

constexpr Positional kPositionals[] = {
    {"FILE", "a .kin file, or vectors of another tool"},
    {"[A B]", "the two words; none or '-': two words a line from standard input", ValueKind::kText},
};
constexpr Example kExamples[] = {
    {"rank-of v.kin king queen", "at what place 'queen' stands among the words near 'king'"},
    {"rank-of v.kin tea coffee --limit-vocabulary 20000", "among the most frequent words only"},
    {"rank-of v.kin --json < pairs.txt", "one JSON object for each line 'A B' of a file"},
};
constexpr Option kOptions[] = {kLimitVocabularyOption, kMinCountOption, kMatchOption,
                               kExcludeOption,         kJsonOption,     kQuietNotesOption};

}  // namespace
}  // namespace rank_of_command

const Command kRankOfCommand = {
    .name = "rank-of",
    .summary = "say at what place a word stands among another's neighbours",
    .description =
        "Tells the cosine of A and B, the place of B among all words by their cosine to A, and "
        "that of A among B's; 1 is the nearest. Every word is compared at full precision. The "
        "options that limit answers say which other words count. A batch from standard input is "
        "answered one line a query: the words, the cosine and the two places, separated by tabs.",
    .positionals = rank_of_command::kPositionals,
    .minimum_positionals = 1,
    .maximum_positionals = 3,
    .examples = rank_of_command::kExamples,
    .options = rank_of_command::kOptions,
    .run = rank_of_command::Run,
};

}  // namespace wordkin::cli
