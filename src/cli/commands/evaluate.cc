#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "cli/answers/open_vectors.h"
#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/encoding/encoder_evaluation.h"
#include "cli/encoding/encoder_options.h"
#include "cli/evaluation/evaluation_report.h"
#include "cli/exit_codes.h"
#include "cli/json.h"
#include "cli/shared_choices.h"
#include "common/store/embedding_store.h"
#include "common/support/error.h"
#include "query/evaluation/evaluation.h"

namespace wordkin::cli {
namespace evaluate_command {
namespace {

// Before the first set is worked through, so that a misspelt last one does not cost the others.
void CheckReadable(const std::string& path) {
  if (path == "-") return;
  // Not opened: a pipe can be opened only once, and would keep us waiting.
  if (::access(path.c_str(), R_OK) != 0) throw SystemError("cannot open '" + path + "'", errno);
}

// What the options ask for, checked before the work.
struct Sets {
  std::vector<std::string> analogies, similarity, word_in_context, sentence_similarity;
};

// An option that nothing would heed was meant otherwise.
void RefuseIdleOptions(const Arguments& arguments, bool asks_encoder) {
  const auto refuse = [&](const char* name, const char* wanted) {
    if (!arguments.Has(name)) return;
    throw Error(ErrorKind::kUsage,
                "--" + std::string(name) + " is for " + wanted + ", which is not asked for");
  };
  if (!asks_encoder) {
    for (const char* name : {"encoder", "precision", "threads"}) {
      refuse(name, "--word-in-context and --sentence-similarity");
    }
  }
  if (!arguments.Has("word-in-context")) refuse("tune", "--word-in-context");
  if (!arguments.Has("sentence-similarity")) refuse("pooling", "--sentence-similarity");
}

Sets ReadSets(const Arguments& arguments) {
  Sets sets = {arguments.Texts("analogies"), arguments.Texts("similarity"),
               arguments.Texts("word-in-context"), arguments.Texts("sentence-similarity")};
  const bool asks_store = !sets.analogies.empty() || !sets.similarity.empty();
  const bool asks_encoder = !sets.word_in_context.empty() || !sets.sentence_similarity.empty();
  if (!asks_store && !asks_encoder) {
    throw Error(ErrorKind::kUsage,
                "nothing to evaluate with: give --analogies FILE or --similarity FILE, or, with "
                "--encoder DIR, --word-in-context FILE or --sentence-similarity FILE");
  }
  if (asks_store && arguments.positionals().empty()) {
    throw Error(ErrorKind::kUsage, "--analogies and --similarity ask a .kin file: give it first" +
                                       arguments.TakenByOptions());
  }
  if (asks_encoder && !arguments.Has("encoder")) {
    throw Error(ErrorKind::kUsage,
                "--word-in-context and --sentence-similarity ask an encoder: give --encoder DIR");
  }
  if (!sets.word_in_context.empty() && !arguments.Has("tune")) {
    throw Error(ErrorKind::kUsage,
                "--word-in-context wants another part of the set to choose its threshold on: give "
                "--tune FILE");
  }
  RefuseIdleOptions(arguments, asks_encoder);
  for (const std::string& path : sets.word_in_context) {
    std::error_code ignored;
    if (!std::filesystem::equivalent(path, arguments.Text("tune"), ignored)) continue;
    throw Error(ErrorKind::kUsage,
                "--tune is '" + path + "' itself: what is asked must not choose the threshold");
  }
  for (const auto* paths :
       {&sets.analogies, &sets.similarity, &sets.word_in_context, &sets.sentence_similarity}) {
    for (const std::string& path : *paths) CheckReadable(path);
  }
  if (arguments.Has("tune")) {
    CheckReadable(arguments.Text("tune"));
  }
  return sets;
}

void EvaluateStore(const EmbeddingStore& store, const Sets& sets, const Arguments& arguments,
                   Json* json, Console& console) {
  const query::AnalogyMethod method = ChosenMethod(arguments);
  for (const std::string& path : sets.analogies) {
    const query::AnalogyReport report =
        query::EvaluateAnalogies(store, path, arguments.Integer("top"), method);
    if (json != nullptr) {
      (*json)["analogies"].push_back(AnalogyReportJson(report));
    } else {
      console.Write(AnalogyReportText(report, console));
      console.Flush();
    }
  }
  for (const std::string& path : sets.similarity) {
    const query::SimilarityReport report = query::EvaluateSimilarity(store, path);
    if (json != nullptr) {
      (*json)["similarity"].push_back(SimilarityReportJson(report));
    } else {
      console.Write(SimilarityReportText(report, console));
      console.Flush();
    }
  }
}

void EvaluateEncoder(const EmbeddingStore* store, const Sets& sets, const Arguments& arguments,
                     Json* json, Console& console) {
  const int thread_count = ChosenThreads(arguments);
  const contextual::TextEncoder encoder = OpenEncoder(arguments);
  const auto part = [json](const char* name) {
    return json == nullptr ? nullptr : &((*json)[name] = Json::array());
  };
  Json* const contexts = part("word_in_context");
  for (const std::string& path : sets.word_in_context) {
    EvaluateWordInContext(encoder, path, arguments.Text("tune"), thread_count, contexts, console);
    console.Flush();
  }
  Json* const sentences = part("sentence_similarity");
  for (const std::string& path : sets.sentence_similarity) {
    EvaluateSentenceSimilarity(encoder, ChosenPooling(arguments, encoder), store, path,
                               thread_count, sentences, console);
    console.Flush();
  }
}

int Run(const Arguments& arguments, Console& console) {
  const Sets sets = ReadSets(arguments);
  std::optional<EmbeddingStore> store;
  if (!arguments.positionals().empty()) store.emplace(OpenVectors(arguments, false, console));
  Json json;
  Json* const answer = arguments.Has("json") ? &json : nullptr;
  if (store) {
    json["analogies"] = Json::array();
    json["similarity"] = Json::array();
    EvaluateStore(*store, sets, arguments, answer, console);
  }
  if (arguments.Has("encoder")) {
    EvaluateEncoder(store ? &*store : nullptr, sets, arguments, answer, console);
  }
  if (answer != nullptr) console.Write(JsonLine(json));
  return kDone;
}

constexpr Positional kPositionals[] = {
    {"[FILE]",
     "a .kin file, or vectors of another tool; not needed when only an encoder is asked"}};
constexpr Example kExamples[] = {
    {"evaluate v.kin --analogies data/analogies.txt", "accuracy on a set of analogies"},
    {"evaluate v.kin --similarity ws353.tsv men.tsv --json", "rank correlations, for a program"},
    {"evaluate --encoder MiniLM --word-in-context test.data.txt --tune dev.data.txt",
     "whether a word means the same in two sentences"},
    {"evaluate v.kin --encoder MiniLM --sentence-similarity sts-test.csv",
     "sentences by the encoder, and by the means of static vectors"},
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
    kEncoderOption,
    {.name = "word-in-context",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "sets like WiC: word, part of speech, places, two texts; answers beside, with "
                    "'.gold.' for '.data.'",
     .repeatable = true},
    {.name = "tune",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "the part of such a set on which thresholds and means are chosen"},
    {.name = "sentence-similarity",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "sets of judged texts: two texts and a score by tabs, or STS Benchmark's",
     .repeatable = true},
    kOneVectorPoolingOption,
    kEncoderPrecisionOption,
    kThreadsOption,
    kJsonOption,
    kQuietQueryOption,
};

}  // namespace
}  // namespace evaluate_command

const Command kEvaluateCommand = {
    .name = "evaluate",
    .summary = "measure vectors and encoders on judged sets",
    .description =
        "Analogies: the share solved of those whose four words are all known, with its "
        "interval (Wilson, 95 percent). Similarity: Spearman's correlation with the scores that "
        "people gave, "
        "with its interval (Fisher, 95 percent). Words are looked up as written, then in lower "
        "case; what "
        "has an unknown word is skipped and counted. An encoder is asked whether a word means the "
        "same in "
        "two sentences (accuracy), layer by layer and by ways chosen on --tune alone, and how "
        "alike "
        "sentences are (Spearman). An option that takes several files takes all "
        "words up to the next option, so FILE comes before it.",
    .positionals = evaluate_command::kPositionals,
    .maximum_positionals = 1,
    .examples = evaluate_command::kExamples,
    .options = evaluate_command::kOptions,
    .run = evaluate_command::Run,
};

}  // namespace wordkin::cli
