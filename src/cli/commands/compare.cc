#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/comparison/html_report.h"
#include "cli/comparison/usage_report.h"
#include "cli/comparison/usage_source.h"
#include "cli/comparison/usage_text.h"
#include "cli/console.h"
#include "cli/encoding/encoder_options.h"
#include "cli/encoding/word_list.h"
#include "cli/exit_codes.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/shared_choices.h"
#include "cli/stored_provenance.h"
#include "common/store/embedding_store.h"
#include "common/store/read_table.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "common/text/corpus_paths.h"
#include "common/text/printable.h"
#include "contextual/comparison/context_words.h"
#include "contextual/comparison/distillation.h"
#include "contextual/comparison/senses.h"
#include "contextual/comparison/usage_analysis.h"

namespace wordkin::cli {
namespace compare_command {
namespace {

using contextual::AnalysisOptions;
using contextual::ContextWords;
using contextual::TextEncoder;

std::optional<std::size_t> ReadSenseCount(const Arguments& arguments) {
  if (!arguments.Has("senses")) return std::nullopt;
  const std::string text = arguments.Text("senses");
  if (text == "auto") return 0;
  const std::optional<std::uint64_t> count = ParseInteger(text);
  if (count && *count >= 1 && *count <= contextual::kMostSenses) return *count;
  throw Error(ErrorKind::kUsage, "option '--senses' takes auto or a number from 1 to " +
                                     std::to_string(contextual::kMostSenses) + ", not '" + text +
                                     "'");
}

// Words that the tokenizer cuts into pieces are left out where enough others are: put together of
// pieces, they are near to everything and say little.
ContextWords ContextWordsOf(const EmbeddingTable& table, const TextEncoder& encoder) {
  constexpr std::size_t kEnough = 1000;
  const auto collect = [&](bool takes_cut_words) {
    std::vector<WordId> ids;
    for (std::size_t i = 0; i < table.vocabulary.size(); ++i) {
      const auto id = static_cast<WordId>(i);
      const contextual::TokenizedText text =
          encoder.tokenizer().Tokenize(table.vocabulary.Word(id));
      if (takes_cut_words || text.size() == text.leading + text.trailing + 1) ids.push_back(id);
    }
    return ids;
  };
  std::vector<WordId> ids = collect(false);
  if (ids.size() < kEnough) ids = collect(true);
  std::vector<std::string> words;
  AlignedMatrix rows(ids.size(), table.rows.dimension());
  for (const WordId id : ids) {
    std::ranges::copy(table.rows.Row(id), rows.Row(words.size()).begin());
    words.emplace_back(table.vocabulary.Word(id));
  }
  return {std::move(words), std::move(rows)};
}

// Words distilled otherwise than usages are taken would be compared to no purpose.
void CheckDistilled(const EmbeddingStore& store, const Arguments& arguments,
                    const contextual::Encoder& encoder, contextual::LayerRange layers,
                    contextual::Pooling pooling) {
  const Json provenance = ReadProvenance(store);
  const auto text = [&](const char* key) {
    return provenance.contains(key) && provenance[key].is_string()
               ? provenance[key].get<std::string>()
               : std::string();
  };
  std::string reason;
  if (text("method") != "distill") {
    reason = "is not what 'wordkin distill' makes";
  } else if (store.dimension() != encoder.dimension()) {
    reason = "has vectors of " + std::to_string(store.dimension()) + " values, the encoder of " +
             std::to_string(encoder.dimension()) +
             ": distil one from this encoder, without --dimension";
  } else if (provenance.value("components", 0) != 0 || provenance.value("zipf", false)) {
    reason = "was distilled with --dimension or --zipf, which leave the encoder's own space";
  } else if (LayersNamed(text("layer"), encoder) != layers) {
    reason = "was distilled from layer " + Printable(text("layer")) + ", not " +
             arguments.Text("layer") + ": give both the same --layer";
  } else if (text("pooling") != PoolingName(pooling)) {
    reason = "was distilled with --pooling " + Printable(text("pooling")) + ", not " +
             std::string(PoolingName(pooling));
  } else if (text("encoder_weights") != encoder.checkpoint().Fingerprint()) {
    reason = "was distilled from another encoder (" + Printable(text("encoder")) + ")";
  }
  if (reason.empty()) return;
  throw Error(ErrorKind::kUsage, "'" + store.path() + "' " + reason);
}

// The words of the store given, or the static store's most frequent ones, encoded here.
ContextWords ReadContextWords(const Arguments& arguments, const EmbeddingStore& store,
                              const TextEncoder& encoder, const AnalysisOptions& options,
                              Console& console) {
  if (arguments.Has("distilled")) {
    const EmbeddingStore distilled(arguments.Text("distilled"));
    CheckDistilled(distilled, arguments, encoder.encoder(), options.layers, options.pooling);
    return ContextWordsOf(ReadTable(distilled), encoder);
  }
  const Vocabulary words = WordsOf(store, arguments.Integer("limit-vocabulary"));
  ProgressDisplay progress(console, "encoding words to compare with",
                           ProgressDisplay::FormFor(console, arguments.Has("quiet")));
  return ContextWordsOf(contextual::Distill(encoder, words,
                                            {.layers = options.layers,
                                             .pooling = options.pooling,
                                             .thread_count = options.thread_count},
                                            [&](std::size_t done) {
                                              progress.Update(static_cast<double>(done) /
                                                                  static_cast<double>(words.size()),
                                                              Counted(done, "word", "words"));
                                            })
                            .table,
                        encoder);
}

void CheckSources(const Arguments& arguments) {
  const bool has_texts = arguments.positionals().size() > 1;
  if (has_texts && arguments.Has("corpus")) {
    throw Error(ErrorKind::kUsage,
                "usages come from the sentences given or from --corpus, not from both" +
                    arguments.TakenByOptions());
  }
  if (!has_texts && !arguments.Has("corpus")) {
    throw Error(ErrorKind::kUsage,
                "compare wants sentences behind the store ('-': from standard input), or a "
                "--corpus to take the word's usages from");
  }
  if (arguments.Has("sample") && !arguments.Has("corpus")) {
    throw Error(ErrorKind::kUsage, "--sample says how many usages to take from a --corpus");
  }
  if (arguments.Has("limit-vocabulary") && arguments.Has("distilled")) {
    throw Error(ErrorKind::kUsage,
                "--limit-vocabulary is for words that are encoded here, not for --distilled");
  }
}

// Opened before the work, so that what cannot be written is known then.
std::optional<AtomicFile> OpenPage(const Arguments& arguments) {
  if (!arguments.Has("html")) return std::nullopt;
  const std::string path = arguments.Text("html");
  std::vector<std::string> inputs = arguments.positionals();
  if (arguments.Has("corpus")) {
    for (std::string& each : ExpandCorpusPaths(arguments.Texts("corpus"))) {
      inputs.push_back(std::move(each));
    }
  }
  if (arguments.Has("distilled")) inputs.push_back(arguments.Text("distilled"));
  RefuseInputAsOutput(arguments, inputs, path);
  return std::optional<AtomicFile>(std::in_place, path);
}

int Run(const Arguments& arguments, Console& console) {
  CheckSources(arguments);
  std::optional<AtomicFile> page = OpenPage(arguments);
  AnalysisOptions options;
  options.word = arguments.Text("word");
  options.sense_count = ReadSenseCount(arguments);
  options.nearest_count = arguments.Integer("count");
  options.seed = arguments.Integer("seed");
  options.thread_count = ChosenThreads(arguments);
  const EmbeddingStore store(arguments.positionals().front());
  const TextEncoder encoder = OpenEncoder(arguments);
  options.layers = ChosenLayers(arguments, encoder.encoder());
  options.pooling = ChosenPooling(arguments, encoder);
  // Last layers know more of the sentence than of the word.
  const std::size_t middle = (encoder.encoder().layer_count() + 1) / 2;
  options.sense_layers =
      arguments.Has("layer") ? options.layers : contextual::LayerRange{middle, middle};
  FoundUsages found = FindUsages(arguments, encoder, console);
  const ContextWords words = ReadContextWords(arguments, store, encoder, options, console);
  contextual::UsageAnalysis analysis =
      AnalyzeUsages(encoder, found.texts, found.usages, words, options);
  UsageReport report = ReportUsages(std::move(found), std::move(analysis), store, options.word,
                                    options.nearest_count);
  report.encoder = encoder.encoder().checkpoint().folder();
  report.layer = arguments.Text("layer");
  report.sense_layer = arguments.Has("layer") ? report.layer : std::to_string(middle);
  if (options.sense_count.value_or(0) > report.senses.size()) {
    console.Complain("the usages fall into " + Counted(report.senses.size(), "sense", "senses") +
                     " at most");
  }
  if (report.static_nearest.empty()) {
    console.Complain("'" + Printable(report.word) + "' is not in '" + store.path() + "'");
  }
  if (page) {
    const std::string html = HtmlReport(report);
    page->Write(std::as_bytes(std::span(html)));
    page->Commit();
    if (!arguments.Has("quiet")) {
      console.Note("wrote " + page->path() + ": open it in a browser");
    }
  }
  console.Write(arguments.Has("json") ? JsonLine(UsageJson(report)) : UsageText(report, console));
  return kDone;
}

constexpr Positional kPositionals[] = {
    {"FILE", "a .kin file of static vectors"},
    {"[SENTENCE...]",
     "with the word; a single one that names a file: its lines; '-': the lines of "
     "standard input"},
};
constexpr Example kExamples[] = {
    {"compare v.kin --encoder MiniLM --word book \"I will book a flight.\" \"I read a book.\"",
     "what an encoder tells apart and a static vector cannot"},
    {"compare v.kin --encoder MiniLM --word book --html book.html - < lines.txt",
     "the same as a page to look at"},
    {"compare v.kin --encoder MiniLM --word bank --corpus news.txt --senses auto",
     "the senses of a word in a corpus"},
};
constexpr Option kOptions[] = {
    [] {
      Option option = kEncoderOption;
      option.required = true;
      return option;
    }(),
    {.name = "word",
     .kind = ValueKind::kText,
     .value_name = "WORD",
     .description = "the word to look at, or several in a row",
     .required = true},
    {.name = "corpus",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "take the word's usages from this text: files, folders, globs, .gz, .zst",
     .repeatable = true},
    {.name = "sample",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "200",
     .description = "usages taken from the corpus at random",
     .lowest = 1,
     .highest = static_cast<double>(kMostUsages)},
    {.name = "senses",
     .kind = ValueKind::kText,
     .value_name = "K|auto",
     .description = "part the usages into K senses, by the middle layer unless --layer names one; "
                    "auto chooses how many"},
    {.name = "distilled",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description =
         "what 'wordkin distill' made of the encoder: the words that usages are compared "
         "with; without it some are encoded anew"},
    {.name = "limit-vocabulary",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "10000",
     .description = "without --distilled: how many of the static store's words; 0: all",
     .highest = kMostWords},
    {.name = "count",
     .letter = 'k',
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "6",
     .description = "nearest words shown",
     .lowest = 1,
     .highest = 1000},
    kLayerOption,
    kOneVectorPoolingOption,
    {.name = "html",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "write all of it as one page to look at, which needs no network"},
    {.name = "seed",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "1",
     .description = "of the sample and of the senses' beginnings"},
    kEncoderPrecisionOption,
    kThreadsOption,
    kQuietOption,
    kJsonOption,
};

}  // namespace
}  // namespace compare_command

const Command kCompareCommand = {
    .name = "compare",
    .summary = "set a word's contextual vectors beside its static one",
    .description =
        "For every place of a word: the words that it is near to there, by an encoder, beside "
        "those of its one static vector; how alike the places are, by layer; and, with --senses, "
        "into which meanings they fall.",
    .positionals = compare_command::kPositionals,
    .minimum_positionals = 1,
    .examples = compare_command::kExamples,
    .options = compare_command::kOptions,
    .run = compare_command::Run,
};

}  // namespace wordkin::cli
