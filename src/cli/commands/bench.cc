#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/answers/open_vectors.h"
#include "cli/answers/search_choice.h"
#include "cli/arguments.h"
#include "cli/benchmark/recall_plot.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/json.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/shared_choices.h"
#include "common/math/aligned_matrix.h"
#include "common/math/instruction_set.h"
#include "common/store/embedding_store.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "query/search/search_benchmark.h"

namespace wordkin::cli {
namespace bench_command {
namespace {

query::BenchmarkOptions ChosenOptions(const Arguments& arguments, const EmbeddingStore& store) {
  query::BenchmarkOptions options = {.query_count = arguments.Integer("queries"),
                                     .neighbor_count = arguments.Integer("count"),
                                     .repetitions = arguments.Integer("repetitions"),
                                     .thread_count = ChosenThreads(arguments)};
  if (HasGraph(store)) options.efforts = {25, 50, 100, 150, 200, 300, 400, 600};
  return options;
}

std::string Headline(const EmbeddingStore& store, const query::BenchmarkOptions& options) {
  return Printable(store.path()) + ": " + Counted(store.size(), "word", "words") + " x " +
         std::to_string(store.dimension()) + ", " + std::string(PrecisionName(store.precision())) +
         ", " + HumanBytes(store.file_size()) + "; " + ActiveInstructionSet() + "; " +
         Counted(std::min(options.query_count, store.size()), "query", "queries") + ", " +
         std::to_string(options.neighbor_count) + " neighbours each, median of " +
         std::to_string(options.repetitions);
}

std::string Column(std::string text, std::size_t width) {
  if (text.size() < width) text.insert(0, width - text.size(), ' ');
  return text;
}

std::string Table(std::span<const query::SearchMeasurement> measurements, const Console& console) {
  std::string text = console.Bold(
                         "  search                                  recall   queries/s"
                         "   ms/query") +
                     "\n";
  for (const query::SearchMeasurement& each : measurements) {
    std::string label = SearchLabel(each);
    label.resize(std::max<std::size_t>(label.size(), 36), ' ');
    text += "  " + label + Column(FixedPoint(each.recall, 4), 10) +
            Column(WithThousands(static_cast<std::uint64_t>(each.queries_per_second + 0.5)), 12) +
            Column(FixedPoint(1000 / each.queries_per_second, 3), 11) + "\n";
  }
  return text;
}

Json ReportJson(const EmbeddingStore& store, const query::BenchmarkOptions& options,
                std::span<const query::SearchMeasurement> measurements) {
  Json searches = Json::array();
  for (const query::SearchMeasurement& each : measurements) {
    Json row = {{"search", each.search}, {"batch", each.batch}, {"threads", each.thread_count}};
    if (each.effort) row["effort"] = *each.effort;
    row["recall"] = JsonNumber(each.recall);
    row["queries_per_second"] = JsonNumber(each.queries_per_second);
    searches.push_back(std::move(row));
  }
  return {{"file", store.path()},
          {"words", store.size()},
          {"dimension", store.dimension()},
          {"precision", std::string(PrecisionName(store.precision()))},
          {"bytes", store.file_size()},
          {"instruction_set", ActiveInstructionSet()},
          {"queries", std::min(options.query_count, store.size())},
          {"count", options.neighbor_count},
          {"repetitions", options.repetitions},
          {"searches", std::move(searches)}};
}

int Run(const Arguments& arguments, Console& console) {
  const bool quiet = arguments.Has("quiet");
  const OpenedVectors vectors = OpenVectors(arguments.positionals().front(), nullptr);
  const EmbeddingStore& store = vectors.store;
  const query::BenchmarkOptions options = ChosenOptions(arguments, store);
  std::optional<EmbeddingStore> against;
  if (arguments.Has("against")) against.emplace(arguments.Text("against"));
  std::optional<AtomicFile> plot;
  if (arguments.Has("plot")) {
    RefuseVectorsAsOutput(vectors, arguments.Text("plot"));
    if (against) RefuseSameFile(against->path(), arguments.Text("plot"), "which would be lost");
    if (!arguments.Text("plot").ends_with(".svg")) {
      throw Error(ErrorKind::kUsage, "cannot draw '" + arguments.Text("plot") +
                                         "': the picture is an SVG, name it FILE.svg");
    }
    plot.emplace(arguments.Text("plot"));
  }
  RequireMemory(AlignedMatrix::ByteCount(store.size(), store.dimension()),
                "holding the vectors of '" + store.path() + "' as float32", "free some");
  std::vector<query::SearchMeasurement> measurements;
  {
    ProgressDisplay display(console, "measuring", ProgressDisplay::FormFor(console, quiet));
    measurements = query::MeasureSearches(
        store, against ? *against : store, options,
        [&](double done, std::string_view what) { display.Update(done, what); });
  }
  if (plot) {
    const std::string svg =
        RecallPlot(measurements, store.path() + ", " + Counted(store.size(), "word", "words") +
                                     " x " + std::to_string(store.dimension()));
    plot->Write(std::as_bytes(std::span(svg)));
    plot->Commit();
  }
  if (arguments.Has("json")) {
    console.Write(JsonLine(ReportJson(store, options, measurements)));
    return kDone;
  }
  console.Write(Headline(store, options) + "\n\n" + Table(measurements, console));
  if (options.efforts.empty() && !quiet) {
    console.Note("no graph to measure: 'wordkin index " + store.path() + "' adds one");
  }
  return kDone;
}

constexpr Positional kPositionals[] = {{"FILE", "a .kin file, or vectors of another tool"}};
constexpr Example kExamples[] = {
    {"bench v.kin", "recall and queries a second of every search"},
    {"bench v.kin --plot recall.svg", "and a picture of them"},
    {"bench small.kin --against exact.kin",
     "against the rows of a file that --store f32 made of the same words"},
};
constexpr Option kOptions[] = {
    {.name = "queries",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "1000",
     .description = "how many words to ask about, spread evenly over the vocabulary",
     .lowest = 1,
     .highest = 1e6},
    Described(kCountOption, "how many of each word's nearest to seek"),
    {.name = "repetitions",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "5",
     .description = "how often each search is timed; the median counts",
     .lowest = 1,
     .highest = 1000},
    {.name = "against",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "take the true neighbours from this .kin file of the same words"},
    {.name = "plot",
     .kind = ValueKind::kFile,
     .value_name = "FILE.svg",
     .description = "also draw recall and speed"},
    kThreadsOption,
    kJsonOption,
    kQuietOption,
};

}  // namespace
}  // namespace bench_command

const Command kBenchCommand = {
    .name = "bench",
    .summary = "measure the recall and speed of every search",
    .description =
        "Compares the neighbours that the exact search and the graph find with those of brute "
        "force over float32 vectors. Searches run in one thread, the exact one also in several. "
        "Recall is the share of the true neighbours that are found.",
    .positionals = bench_command::kPositionals,
    .minimum_positionals = 1,
    .maximum_positionals = 1,
    .examples = bench_command::kExamples,
    .options = bench_command::kOptions,
    .run = bench_command::Run,
};

}  // namespace wordkin::cli
