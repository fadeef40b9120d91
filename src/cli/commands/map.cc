#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "cli/answers/answer_filter.h"
#include "cli/answers/open_vectors.h"
#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/machine.h"
#include "cli/map/html_map_page.h"
#include "cli/map/map_report.h"
#include "cli/map/map_text.h"
#include "cli/map/map_words.h"
#include "cli/map/svg_map.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/shared_choices.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "query/space/space_map.h"

namespace wordkin::cli {
namespace map_command {
namespace {

using query::MapMethod;

enum class MapForm { kHtml, kSvg, kJson, kTsv };

MapForm FormOf(const std::string& path) {
  for (const auto& [ending, form] :
       {std::pair{".html", MapForm::kHtml}, std::pair{".svg", MapForm::kSvg},
        std::pair{".json", MapForm::kJson}, std::pair{".tsv", MapForm::kTsv}}) {
    if (path.ends_with(ending)) return form;
  }
  throw Error(ErrorKind::kUsage, "cannot tell from '" + path +
                                     "' what to write: end it in .html, .svg, .json or .tsv");
}

std::string Written(const MapReport& report, MapForm form) {
  switch (form) {
    case MapForm::kHtml:
      return HtmlMapPage(report);
    case MapForm::kSvg:
      return SvgMap(report);
    case MapForm::kJson:
      return JsonLine(MapJson(report));
    case MapForm::kTsv:
      break;
  }
  return MapTsv(report);
}

void CheckOptions(const Arguments& arguments) {
  const bool has_json = arguments.Has("json");
  const bool has_tsv = arguments.Has("tsv");
  if (has_json && has_tsv) {
    throw Error(ErrorKind::kUsage,
                "standard output takes --json or --tsv, not both; -o x.tsv writes a file");
  }
  if (!arguments.Has("output") && !has_json && !has_tsv) {
    throw Error(ErrorKind::kUsage,
                "say where the map goes: -o map.html or map.svg, or --json or --tsv for standard "
                "output");
  }
  if (arguments.Text("method") == "pca") {
    for (const char* const option : {"perplexity", "rounds"}) {
      if (!arguments.Has(option)) continue;
      throw Error(ErrorKind::kUsage,
                  "--" + std::string(option) + " is for t-SNE; --method pca has no use for it");
    }
  }
  CheckMapWords(arguments);
}

// Opened before the work, so that what cannot be written is known then.
std::optional<AtomicFile> OpenOutput(const Arguments& arguments) {
  if (!arguments.Has("output")) return std::nullopt;
  const std::string path = arguments.Text("output");
  if (path != "-") FormOf(path);
  for (const char* const list : {"words", "exclude"}) {
    if (arguments.Has(list)) RefuseSameFile(arguments.Text(list), path, "which would be lost");
  }
  return std::optional<AtomicFile>(std::in_place, path);
}

query::MapOptions ReadMapOptions(const Arguments& arguments, std::size_t word_count) {
  query::MapOptions options;
  options.method = arguments.Choose<MapMethod>(
      "method", {{"tsne", MapMethod::kTsne}, {"pca", MapMethod::kPrincipalComponents}});
  options.perplexity = arguments.Real("perplexity");
  const double most = query::MostPerplexity(word_count);
  if (arguments.Has("perplexity") && options.perplexity > most) {
    throw Error(ErrorKind::kUsage, "--perplexity " + arguments.Text("perplexity") +
                                       " is too much for a map of " +
                                       Counted(word_count, "word", "words") + ": at most " +
                                       ShortNumber(most) + ", a third of the others");
  }
  options.perplexity = std::min(options.perplexity, most);
  options.round_count = arguments.Integer("rounds");
  options.cluster_count = arguments.Integer("clusters");
  options.seed = arguments.Integer("seed");
  options.thread_count = ChosenThreads(arguments);
  return options;
}

std::optional<query::SpaceMap> PlaceWords(const MapWords& words, const query::MapOptions& options,
                                          const std::atomic<bool>& stop, bool quiet,
                                          Console& console) {
  ProgressDisplay display(console, "placing words", ProgressDisplay::FormFor(console, quiet));
  return query::MapSpace(
      words.unit_rows, options, [&](double share) { display.Update(share, ""); }, stop);
}

int Run(const Arguments& arguments, Console& console) {
  const double start = ProgressDisplay::SteadySeconds();
  CheckOptions(arguments);
  std::optional<AtomicFile> file = OpenOutput(arguments);
  const bool quiet = arguments.Has("quiet");
  const InterruptGuard interrupt;
  const OpenedVectors vectors =
      OpenVectors(arguments.positionals().front(), quiet ? nullptr : &console);
  if (file) RefuseVectorsAsOutput(vectors, file->path());
  MapWords words = ChooseMapWords(arguments, vectors.store, console);
  const query::MapOptions options = ReadMapOptions(arguments, words.words.size());
  RequireMemory(query::MapBytes(words.words.size(), options),
                "a map of " + Counted(words.words.size(), "word", "words"),
                "show fewer words or free some");
  std::optional<query::SpaceMap> map = PlaceWords(words, options, interrupt.stop(), quiet, console);
  if (!map) {
    console.Note("interrupted; nothing is written");
    return kInterrupted;
  }
  const MapReport report = {
      .source = std::filesystem::path(vectors.store.path()).filename().string(),
      .words = std::move(words.words),
      .centre = words.centre,
      .method = options.method,
      .map = *std::move(map)};
  if (file) {
    const std::string text = Written(report, FormOf(file->path()));
    file->Write(std::as_bytes(std::span(text)));
    file->Commit();
  }
  if (arguments.Has("json")) console.Write(Written(report, MapForm::kJson));
  if (arguments.Has("tsv")) console.Write(Written(report, MapForm::kTsv));
  if (file && !quiet) {
    console.Note("wrote " + file->path() + ": " + Counted(report.words.size(), "word", "words") +
                 ", " + HumanBytes(file->size()) + ", in " +
                 HumanSeconds(ProgressDisplay::SteadySeconds() - start) +
                 (FormOf(file->path()) == MapForm::kHtml ? "; open it in a browser" : ""));
  }
  return kDone;
}

constexpr Positional kPositionals[] = {{"FILE", "a .kin file, or vectors of another tool"}};
constexpr Example kExamples[] = {
    {"map v.kin -o map.html", "the 2,000 most frequent words, as a page to look at"},
    {"map v.kin --around river --top 300 -o river.svg", "a word and what is near it, as a picture"},
    {"map v.kin --words birds.txt --clusters 4 -o birds.html", "the words of a list"},
    {"map v.kin --match '^[a-z]{3,}$' --top 5000 -o map.html", "plain words only"},
    {"map v.kin --method pca --tsv", "coordinates by principal components, on standard output"},
};
constexpr Option kOptions[] = {
    {.name = "output",
     .letter = 'o',
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "what to write, by its ending: .html, a page that needs no network; .svg; "
                    ".json; .tsv"},
    {.name = "top",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "2000",
     .description = "how many words to show: the most frequent, or the nearest of --around",
     .lowest = 1,
     .highest = static_cast<double>(kMostMapWords)},
    {.name = "words",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "show the words of a list, a word a line"},
    {.name = "around",
     .kind = ValueKind::kText,
     .value_name = "WORD",
     .description = "show this word, marked, and those nearest to it"},
    kMinCountOption,
    kMatchOption,
    kExcludeOption,
    {.name = "method",
     .kind = ValueKind::kChoice,
     .value_name = "tsne|pca",
     .default_value = "tsne",
     .description = "tsne keeps neighbours together; pca is a view from the side on which vectors "
                    "differ most"},
    {.name = "perplexity",
     .kind = ValueKind::kReal,
     .value_name = "X",
     .default_value = "30",
     .description = "of t-SNE: how many neighbours of a word count, about; at most a third of the "
                    "words",
     .lowest = 1,
     .highest = 1000},
    {.name = "rounds",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "750",
     .description = "of t-SNE: how often words are moved",
     .lowest = 1,
     .highest = 100'000},
    {.name = "clusters",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "10",
     .description = "groups to colour words by; 1: all alike",
     .lowest = 1,
     .highest = 32},
    {.name = "seed",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "1",
     .description = "of the clusters' beginnings, and for parting equal vectors"},
    {.name = "json", .description = "words, coordinates and clusters as JSON, on standard output"},
    {.name = "tsv", .description = "the same as lines with tabs, without the clusters' names"},
    kThreadsOption,
    Described(kQuietOption, "no progress, no closing line, and no note of what is left out"),
};

}  // namespace
}  // namespace map_command

const Command kMapCommand = {
    .name = "map",
    .summary = "draw words where their neighbours are",
    .description =
        "Each word becomes a dot near the words whose vectors have a like direction (cosine). "
        "Distances on a t-SNE map tell who is near, not how far apart two groups are. Colours are "
        "clusters of the vectors themselves, named by their most central words. The page zooms, "
        "finds words and shows their nearest ones. The map is the same for any number of threads.",
    .positionals = map_command::kPositionals,
    .minimum_positionals = 1,
    .maximum_positionals = 1,
    .examples = map_command::kExamples,
    .options = map_command::kOptions,
    .run = map_command::Run,
};

}  // namespace wordkin::cli
