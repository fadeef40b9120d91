#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/answers/answer_filter.h"
#include "cli/answers/open_vectors.h"
#include "cli/answers/search_choice.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/shared_choices.h"
#include "common/text/printable.h"
#include "common/text/word_characters.h"
#include "query/space/duplicates.h"

namespace wordkin::cli {
namespace duplicates_command {
namespace {

std::string Folded(std::string_view word) {
  std::string folded;
  AppendFolded(word, folded);
  return folded;
}

// A line of the answer.
std::string Write(const EmbeddingStore& store, const query::AlikePair& pair, bool as_json) {
  const std::string_view first = store.Word(pair.first);
  const std::string_view second = store.Word(pair.second);
  const bool differs_by_case = Folded(first) == Folded(second);
  if (as_json) {
    Json json;
    json["words"] = {first, second};
    json["score"] = JsonNumber(pair.score);
    json["differs_by_case"] = differs_by_case;
    return JsonLine(json);
  }
  return "  " + FixedPoint(pair.score, 4) + "  " + Printable(first) + "  " + Printable(second) +
         (differs_by_case ? "  (case)\n" : "\n");
}

std::vector<query::AlikePair> Find(const EmbeddingStore& store,
                                   const query::DuplicateOptions& options,
                                   const std::atomic<bool>& stop, bool quiet, Console& console) {
  ProgressDisplay display(console, "comparing", ProgressDisplay::FormFor(console, quiet));
  return query::FindDuplicates(store, options, ProgressDisplay::ShowingLater(display), stop);
}

int Run(const Arguments& arguments, Console& console) {
  const bool quiet = arguments.Has("quiet");
  const EmbeddingStore store = OpenVectors(arguments, /*is_batch=*/false, console);
  const InterruptGuard interrupt;
  const std::optional<query::RowFilter> filter = ChosenFilter(arguments, store, console);
  const query::DuplicateOptions options = {
      .least_score = static_cast<float>(arguments.Real("min-score")),
      .pair_count = AnswerCount(arguments),
      .limit_vocabulary = VocabularyLimit(arguments),
      .filter = filter ? &*filter : nullptr,
      .thread_count = ChosenThreads(arguments),
  };
  const auto pairs = Find(store, options, interrupt.stop(), quiet, console);
  if (interrupt.stop()) {
    console.Note("interrupted; not all words were compared");
    return kInterrupted;
  }
  for (const query::AlikePair& pair : pairs) {
    console.Write(Write(store, pair, arguments.Has("json")));
  }
  if (!quiet && pairs.empty()) {
    console.Note("no two words are as near as " + ShortNumber(arguments.Real("min-score")));
  } else if (!quiet && pairs.size() == options.pair_count) {
    console.Note("there may be more pairs; --count says how many are told");
  }
  return pairs.empty() ? kNothingFound : kDone;
}

constexpr Positional kPositionals[] = {{"FILE", "a .kin file, or vectors of another tool"}};
constexpr Example kExamples[] = {
    {"duplicates v.kin", "the hundred pairs of words whose vectors are most alike"},
    {"duplicates v.kin --min-score 0.9 -k 5000 --json", "more of them, a JSON object each"},
    {"duplicates v.kin --limit-vocabulary 50000 --match '^[a-z]+$'",
     "among frequent words of plain letters"},
};
constexpr Option kOptions[] = {
    {.name = "min-score",
     .kind = ValueKind::kReal,
     .value_name = "X",
     .default_value = "0.95",
     .description = "pairs with a cosine of X or more",
     .lowest = 0,
     .highest = 1},
    {.name = "count",
     .letter = 'k',
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "100",
     .description = "how many pairs to answer with at most, the nearest",
     .lowest = 1,
     .highest = 1e6},
    kLimitVocabularyOption,
    kMinCountOption,
    kMatchOption,
    kExcludeOption,
    kThreadsOption,
    kJsonOption,
    Described(kQuietOption, "no progress, no closing line, and no note of what is left out"),
};

}  // namespace
}  // namespace duplicates_command

const Command kDuplicatesCommand = {
    .name = "duplicates",
    .summary = "find words whose vectors are nearly the same",
    .description =
        "Every word is compared with every other, and the pairs with the highest cosines are "
        "told, the nearest first; \"(case)\" marks two spellings that are one word once their case "
        "is folded, as River and river; that also makes ss of a sharp s. Such pairs are "
        "inflections, misspellings, or words seen so seldom that they learnt the same neighbour. A "
        "vocabulary twice as large takes four times as long.",
    .positionals = duplicates_command::kPositionals,
    .minimum_positionals = 1,
    .maximum_positionals = 1,
    .examples = duplicates_command::kExamples,
    .options = duplicates_command::kOptions,
    .run = duplicates_command::Run,
};

}  // namespace wordkin::cli
