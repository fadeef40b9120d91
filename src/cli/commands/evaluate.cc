#include <unistd.h>

#include <cerrno>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/evaluation_report.h"
#include "cli/exit_codes.h"
#include "cli/json.h"
#include "cli/shared_choices.h"
#include "common/store/embedding_store.h"
#include "common/support/error.h"
#include "query/evaluation.h"

namespace wordkin::cli {
namespace {

// Before the first set is worked through, so that a misspelt last one does not cost the others.
void CheckReadable(const std::string& path) {
  if (path == "-") return;
  // Not opened: a pipe can be opened only once, and would keep us waiting.
  if (::access(path.c_str(), R_OK) != 0) throw SystemError("cannot open '" + path + "'", errno);
}

int Run(const Arguments& arguments, Console& console) {
  const std::vector<std::string> analogy_paths = arguments.Texts("analogies");
  const std::vector<std::string> similarity_paths = arguments.Texts("similarity");
  if (analogy_paths.empty() && similarity_paths.empty()) {
    throw Error(ErrorKind::kUsage,
                "nothing to evaluate with: give --analogies FILE, --similarity FILE or both");
  }
  const std::size_t top = arguments.Integer("top");
  const query::AnalogyMethod method = ChosenMethod(arguments);
  for (const std::string& path : analogy_paths) CheckReadable(path);
  for (const std::string& path : similarity_paths) CheckReadable(path);
  const EmbeddingStore store(arguments.positionals().front());

  const bool as_json = arguments.Has("json");
  Json json;
  json["analogies"] = Json::array();
  json["similarity"] = Json::array();
  for (const std::string& path : analogy_paths) {
    const query::AnalogyReport report = query::EvaluateAnalogies(store, path, top, method);
    if (as_json) {
      json["analogies"].push_back(AnalogyReportJson(report));
    } else {
      console.Write(AnalogyReportText(report, console));
      console.Flush();
    }
  }
  for (const std::string& path : similarity_paths) {
    const query::SimilarityReport report = query::EvaluateSimilarity(store, path);
    if (as_json) {
      json["similarity"].push_back(SimilarityReportJson(report));
    } else {
      console.Write(SimilarityReportText(report, console));
    }
  }
  if (as_json) console.Write(JsonLine(json));
  return kDone;
}

constexpr Positional kPositionals[] = {{"FILE", "a .kin file"}};
constexpr Example kExamples[] = {
    {"evaluate v.kin --analogies data/analogies.txt", "accuracy on a set of analogies"},
    {"evaluate v.kin --similarity ws353.tsv men.tsv --json", "rank correlations, for a program"},
};
constexpr Option kOptions[] = {
    {.name = "analogies",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "sets of analogies: ': section' lines and four words a line",
     .repeatable = true},
    {.name = "similarity",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "sets of judged pairs: two words and a score a line",
     .repeatable = true},
    {.name = "top",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "30000",
     .description = "seek analogies among the N most frequent words; 0: among all",
     .highest = kMostWords},
    kMethodOption,
    kJsonOption,
};

}  // namespace

const Command kEvaluateCommand = {
    .name = "evaluate",
    .summary = "measure vectors by analogies and by judged similarities",
    .description =
        "Analogies: the share solved of those whose four words are all known, with its "
        "interval (Wilson, 95 percent). Similarity: Spearman's correlation with the scores that "
        "people gave, "
        "with its interval (Fisher, 95 percent). Words are looked up as written, then in lower "
        "case; what "
        "has an unknown word is skipped and counted. An option that takes several files takes all "
        "words up to the next option, so FILE comes before it.",
    .positionals = kPositionals,
    .minimum_positionals = 1,
    .maximum_positionals = 1,
    .examples = kExamples,
    .options = kOptions,
    .run = Run,
};

}  // namespace wordkin::cli
