#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/indexing.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/shared_choices.h"
#include "common/math/nibble_plane.h"
#include "common/store/embedding_store.h"
#include "common/store/store_writer.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "query/search/hnsw_index.h"

namespace wordkin::cli {
namespace index_command {
namespace {

query::HnswOptions GraphOptions(const Arguments& arguments) {
  query::HnswOptions options;
  options.connectivity = arguments.Int("connectivity");
  options.construction_effort = arguments.Int("construction-effort");
  options.thread_count = ChosenThreads(arguments);
  options.seed = arguments.Integer("seed");
  return options;
}

enum class Kind { kGraph, kNibbles };

Kind ChosenKind(const Arguments& arguments) {
  const auto kind =
      arguments.Choose<Kind>("kind", {{"graph", Kind::kGraph}, {"nibbles", Kind::kNibbles}});
  if (kind == Kind::kGraph) return kind;
  for (const char* option : {"connectivity", "construction-effort", "threads", "seed"}) {
    if (!arguments.Has(option)) continue;
    throw Error(ErrorKind::kUsage,
                "--" + std::string(option) + " is for a graph; --kind nibbles has no use for it");
  }
  return kind;
}

struct Added {
  Kind kind;
  std::size_t word_count = 0;
  std::size_t byte_count = 0;
};

// The field names are a promise.
std::string Summary(const std::string& path, const Added& added, double seconds) {
  Json json;
  json["file"] = path;
  json["kind"] = added.kind == Kind::kGraph ? "graph" : "nibbles";
  json["words"] = added.word_count;
  json["added_bytes"] = added.byte_count;
  json["bytes"] = EmbeddingStore(path).file_size();
  json["seconds"] = JsonNumber(seconds);
  return JsonLine(json);
}

std::string ClosingLine(const std::string& path, const Added& added, double seconds) {
  return "wrote " + path + ": " + (added.kind == Kind::kGraph ? "a graph" : "4-bit rows") + " of " +
         Counted(added.word_count, "word", "words") + ", " + HumanBytes(added.byte_count) +
         ", file " + HumanBytes(EmbeddingStore(path).file_size()) + ", in " + HumanSeconds(seconds);
}

int Run(const Arguments& arguments, Console& console) {
  const double start = ProgressDisplay::SteadySeconds();
  const Kind kind = ChosenKind(arguments);
  const query::HnswOptions options = GraphOptions(arguments);
  const std::string& path = arguments.positionals().front();
  const bool quiet = arguments.Has("quiet");
  const InterruptGuard interrupt;
  Added added = {.kind = kind};
  {
    const EmbeddingStore store(path);
    if (kind == Kind::kGraph) {
      RequireGraphMemory(store, options.connectivity, "lower --connectivity or free some");
    }
    AtomicFile file(path, &interrupt.stop());
    const std::vector<std::byte> section =
        kind == Kind::kGraph ? BuildGraph(store, options, "words", interrupt.stop(), quiet, console)
                             : PackNibbles(store.scan_plane());
    if (interrupt.stop()) {
      console.Note("interrupted; " + path + " is as it was");
      return kInterrupted;
    }
    if (!store.IsCurrent()) {
      throw Error(ErrorKind::kInputOutput,
                  "cannot index '" + path +
                      "': another program changed the file meanwhile; index it again");
    }
    added.byte_count = section.size();
    added.word_count = store.size();
    WriteStoreWithSection(file, store,
                          kind == Kind::kGraph ? SectionKind::kGraph : SectionKind::kNibblePlane,
                          section);
  }
  const double seconds = ProgressDisplay::SteadySeconds() - start;
  if (arguments.Has("json")) {
    console.Write(Summary(path, added, seconds));
  } else if (!quiet) {
    console.Note(ClosingLine(path, added, seconds));
  }
  return kDone;
}

constexpr Positional kPositionals[] = {{"FILE", "the .kin file to add it to"}};
constexpr Example kExamples[] = {
    {"index v.kin", "add a graph for fast approximate search"},
    {"index v.kin --connectivity 32", "more links: more exact, larger, slower to build"},
    {"index v.kin --kind nibbles", "add 4-bit rows, by which single exact searches go quicker"},
};
constexpr Option kOptions[] = {
    {.name = "kind",
     .kind = ValueKind::kChoice,
     .value_name = "graph|nibbles",
     .default_value = "graph",
     .description = "a graph, for long batches; or each vector once more in 4 bits a value, half "
                    "as much to read for an exact search of one query among very many words"},
    {.name = "connectivity",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "24",
     .description = "links a word keeps on each layer",
     .lowest = 2,
     .highest = 100},
    {.name = "construction-effort",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "160",
     .description = "candidates kept while building",
     .lowest = 10,
     .highest = 10'000},
    kThreadsOption,
    {.name = "seed",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "1",
     .description = "seed of the layers' random heights"},
    kJsonOption,
    kQuietOption,
};

}  // namespace
}  // namespace index_command

const Command kIndexCommand = {
    .name = "index",
    .summary = "add a graph or 4-bit rows to a .kin file, for faster searches",
    .description =
        "The graph (HNSW) goes into the file itself, in the place of an earlier one; 'neighbors' "
        "and 'analogy' follow it in long batches where that costs less than looking at every word, "
        "and --recall says how much they may miss. Until it is done the file stays as it was.",
    .positionals = index_command::kPositionals,
    .minimum_positionals = 1,
    .maximum_positionals = 1,
    .examples = index_command::kExamples,
    .options = index_command::kOptions,
    .run = index_command::Run,
};

}  // namespace wordkin::cli
