#include <filesystem>
#include <span>
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
#include "cli/evaluation/static_sets.h"
#include "cli/evaluation/store_evaluation.h"
#include "cli/exit_codes.h"
#include "cli/json.h"
#include "cli/shared_choices.h"
#include "common/store/embedding_store.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace evaluate_command {
namespace {

// What an encoder is asked with.
struct EncoderSets {
  std::vector<std::string> word_in_context, sentence_similarity;
  bool empty() const { return word_in_context.empty() && sentence_similarity.empty(); }
};

// An option that nothing would heed was meant otherwise.
void RefuseIdleOptions(const Arguments& arguments, bool asks_store, bool asks_encoder) {
  const auto refuse = [&](const char* name, const char* wanted) {
    if (!arguments.Has(name)) return;
    throw Error(ErrorKind::kUsage,
                "--" + std::string(name) + " is for " + wanted + ", which is not asked for");
  };
  if (!asks_encoder) {
    for (const char* name : {"encoder", "precision"}) {
      refuse(name, "--word-in-context and --sentence-similarity");
    }
  }
  if (!asks_store) {
    for (const char* name : {"top", "method", "seed", "by-frequency"}) {
      refuse(name, "sets that a .kin file is asked with");
    }
  }
  if (!arguments.Has("word-in-context")) refuse("tune", "--word-in-context");
  if (!arguments.Has("sentence-similarity")) refuse("pooling", "--sentence-similarity");
}

void CheckFiles(const Arguments& arguments, bool asks_store, bool asks_encoder) {
  const std::size_t count = arguments.positionals().size();
  if (asks_store && count == 0) {
    throw Error(ErrorKind::kUsage,
                "these sets ask a .kin file: give it first" + arguments.TakenByOptions());
  }
  if (count < 2) return;
  if (asks_encoder || !asks_store) {
    throw Error(ErrorKind::kUsage, "two files are compared by --sets and the like alone");
  }
  if (arguments.Has("by-frequency")) {
    throw Error(ErrorKind::kUsage, "--by-frequency takes one file, not two that are compared");
  }
}

// Checks what the options ask for, before the work.
EncoderSets ReadEncoderSets(const Arguments& arguments) {
  EncoderSets sets = {arguments.Texts("word-in-context"), arguments.Texts("sentence-similarity")};
  const bool asks_store = AsksStaticSets(arguments);
  if (!asks_store && sets.empty()) {
    throw Error(ErrorKind::kUsage,
                "nothing to evaluate with: give --sets FILE-OR-FOLDER, or --analogies, "
                "--similarity, --categories or --odd-one-out FILE, or, with --encoder DIR, "
                "--word-in-context FILE or --sentence-similarity FILE");
  }
  CheckFiles(arguments, asks_store, !sets.empty());
  if (!sets.empty() && !arguments.Has("encoder")) {
    throw Error(ErrorKind::kUsage,
                "--word-in-context and --sentence-similarity ask an encoder: give --encoder DIR");
  }
  if (!sets.word_in_context.empty() && !arguments.Has("tune")) {
    throw Error(ErrorKind::kUsage,
                "--word-in-context wants another part of the set to choose its threshold on: give "
                "--tune FILE");
  }
  RefuseIdleOptions(arguments, asks_store, !sets.empty());
  for (const std::string& path : sets.word_in_context) {
    std::error_code ignored;
    if (!std::filesystem::equivalent(path, arguments.Text("tune"), ignored)) continue;
    throw Error(ErrorKind::kUsage,
                "--tune is '" + path + "' itself: what is asked must not choose the threshold");
  }
  // Before the first set is worked through, so that a misspelt last one does not cost the others.
  CheckStaticSets(arguments);
  for (const auto* paths : {&sets.word_in_context, &sets.sentence_similarity}) {
    for (const std::string& path : *paths) CheckReadable(path);
  }
  if (arguments.Has("tune")) CheckReadable(arguments.Text("tune"));
  return sets;
}

void EvaluateEncoder(const EmbeddingStore* store, const EncoderSets& sets,
                     const Arguments& arguments, Json* json, Console& console) {
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

std::string NothingScored(const AskedSets& asked, std::span<const EmbeddingStore> stores,
                          std::size_t top) {
  if (asked.questions > 0) {
    return "no set has a score: too few of its questions could be asked, or all answers are alike";
  }
  std::string names;
  bool is_cut = false;
  for (const EmbeddingStore& store : stores) {
    names += (names.empty() ? "'" : " or '") + store.path() + "'";
    is_cut |= top > 0 && store.size() > top;
  }
  return "no question could be asked: each has a word that " + names + " lacks" +
         (is_cut ? " or, of analogies, --top leaves out" : "");
}

int Run(const Arguments& arguments, Console& console) {
  const EncoderSets encoder_sets = ReadEncoderSets(arguments);
  std::vector<EmbeddingStore> stores;
  for (const std::string& path : arguments.positionals()) {
    stores.push_back(OpenVectors(path, arguments.Has("quiet") ? nullptr : &console).store);
  }
  Json json;
  Json* const answer = arguments.Has("json") ? &json : nullptr;
  AskedSets asked;
  const std::vector<StaticSet> sets =
      stores.empty() ? std::vector<StaticSet>() : ReadStaticSets(arguments, console);
  if (stores.size() == 1) {
    asked = EvaluateStore(stores[0], sets, arguments, answer, console);
  } else if (stores.size() == 2) {
    asked = CompareStores(stores[0], stores[1], sets, arguments, answer, console);
  }
  if (arguments.Has("encoder")) {
    EvaluateEncoder(stores.empty() ? nullptr : &stores[0], encoder_sets, arguments, answer,
                    console);
  }
  if (answer != nullptr) console.Write(JsonLine(json));
  if (asked.scored > 0 || sets.empty() || !encoder_sets.empty()) return kDone;
  console.Flush();
  console.Complain(NothingScored(asked, stores, arguments.Integer("top")));
  return kNothingFound;
}

constexpr Positional kPositionals[] = {
    {"[FILE]", "a .kin file, or vectors of another tool; not needed when only an encoder is asked"},
    {"[OTHER]", "another, to compare FILE with"}};
constexpr Example kExamples[] = {
    {"evaluate v.kin --sets data", "one table of all sets in a folder, each known by its content"},
    {"evaluate a.kin b.kin --sets data", "which of two is better, and whether by chance"},
    {"evaluate v.kin --analogies data/analogies.txt", "accuracy on a set of analogies, by section"},
    {"evaluate v.kin --similarity ws353.tsv men.tsv --json", "rank correlations, for a program"},
    {"evaluate v.kin --sets men.tsv --by-frequency 5", "how much worse rare words are"},
    {"evaluate --encoder MiniLM --word-in-context test.data.txt --tune dev.data.txt",
     "whether a word means the same in two sentences"},
    {"evaluate v.kin --encoder MiniLM --sentence-similarity sts-test.csv",
     "sentences by the encoder, and by the means of static vectors"},
};
constexpr Option kOptions[] = {
    {.name = "sets",
     .kind = ValueKind::kFile,
     .value_name = "PATH",
     .description = "sets of any of the next four kinds, known by their content: files, globs, and "
                    "folders, in which what is no set is left out",
     .repeatable = true},
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
    {.name = "categories",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "sets of words with their categories: a word and its category a line",
     .repeatable = true},
    {.name = "odd-one-out",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "sets of odd ones out: three words or more a line, the last the odd one; or "
                    "words that belong together, one a line, an empty line, and odd ones",
     .repeatable = true},
    {.name = "by-frequency",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "0",
     .description = "show the scores of N parts of each set too, by the frequency of an item's "
                    "rarest word; 0: do not",
     .highest = 1000},
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
    {.name = "seed",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "1",
     .description = "of the samples that intervals come from, and of the clusters of categories"},
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
        "Four kinds of sets ask vectors of words. Analogies and odd ones out: the share answered "
        "rightly (accuracy). Similarity: Spearman's correlation with the scores that people gave. "
        "Categories: the words are parted into as many clusters as they have categories, and those "
        "count that belong to their cluster's most frequent one (purity). Every score has its 95 "
        "percent interval: Wilson's of accuracies, the others by the bootstrap. Words are looked "
        "up as written, then in lower case; what has an unknown word is skipped and counted.\n\n"
        "Two files are compared over the items that both answer, by paired tests (McNemar's, or "
        "permutations), and the answer says whether chance alone could part them so.\n\n"
        "An encoder is asked whether a word means the same in two sentences (accuracy), layer by "
        "layer and by ways chosen on --tune alone, and how alike sentences are (Spearman). An "
        "option that takes several files takes all words up to the next option, so FILE comes "
        "before it.",
    .positionals = evaluate_command::kPositionals,
    .maximum_positionals = 2,
    .examples = evaluate_command::kExamples,
    .options = evaluate_command::kOptions,
    .run = evaluate_command::Run,
};

}  // namespace wordkin::cli
