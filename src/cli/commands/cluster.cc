#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/answers/answer_filter.h"
#include "cli/answers/listed_words.h"
#include "cli/answers/open_vectors.h"
#include "cli/answers/ranked_words.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/shared_choices.h"
#include "common/math/vector_kernels.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "query/space/row_clusters.h"

namespace wordkin::cli {
namespace cluster_command {
namespace {

// What is to be clustered: names and rows of length one, those without a direction left out.
struct ClusterInput {
  std::vector<std::string> names;
  AlignedMatrix unit_rows;
  std::size_t unknown = 0;  // words of a list
  std::size_t without_direction = 0;
};

struct NamedWords {
  std::vector<std::string> names;
  std::vector<query::QueryWord> words;
  std::size_t unknown = 0;
};

NamedWords FrequentWords(const Arguments& arguments, const EmbeddingStore& store,
                         Console& console) {
  const std::size_t top = arguments.Integer("top");
  const std::size_t end = top == 0 ? store.size() : std::min(top, store.size());
  const std::optional<query::RowFilter> filter = ChosenFilter(arguments, store, console);
  NamedWords chosen;
  for (WordId id = 0; id < end; ++id) {
    if (filter && !filter->Allows(id)) continue;
    chosen.names.emplace_back(store.Word(id));
    chosen.words.emplace_back(id);
  }
  return chosen;
}

NamedWords ChooseWords(const Arguments& arguments, const EmbeddingStore& store, Console& console) {
  if (!arguments.Has("words")) return FrequentWords(arguments, store, console);
  WordResolver resolver(store);
  ListedWords list = ReadListedWords(arguments.Text("words"), resolver);
  return {std::move(list.words), std::move(list.resolved), list.unknown.size()};
}

ClusterInput ReadInput(const Arguments& arguments, const EmbeddingStore& store, Console& console) {
  NamedWords chosen = ChooseWords(arguments, store, console);
  if (chosen.words.empty()) {
    throw Error(ErrorKind::kNotFound, "no word of '" + store.path() + "' is left to cluster");
  }
  // Centres and their sums are a matrix of their own each.
  const std::uint64_t matrix_rows = chosen.words.size() + 3 * arguments.Integer("clusters");
  RequireMemory(AlignedMatrix::ByteCount(matrix_rows, store.dimension()),
                "clustering " + Counted(chosen.words.size(), "word", "words"),
                "choose fewer by --top");
  ClusterInput input = {.names = {},
                        .unit_rows = AlignedMatrix(chosen.words.size(), store.dimension()),
                        .unknown = chosen.unknown};
  for (std::size_t i = 0; i < chosen.words.size(); ++i) {
    const std::span<float> row = input.unit_rows.Row(input.names.size());
    query::CopyUnitRow(store, chosen.words[i], row);
    if (Normalize(row) > 0) {
      input.names.push_back(std::move(chosen.names[i]));
    } else {
      ++input.without_direction;
    }
  }
  input.unit_rows.DropRowsFrom(input.names.size());
  return input;
}

void TellWhatIsLeftOut(const ClusterInput& input, Console& console) {
  if (input.unknown > 0) {
    console.Note("left out " + Counted(input.unknown, "unknown word", "unknown words"));
  }
  if (input.without_direction > 0) {
    console.Note("left out " + Counted(input.without_direction, "word", "words") +
                 " whose vectors are zero");
  }
}

std::vector<query::RowCluster> Cluster(const ClusterInput& input, const Arguments& arguments,
                                       const std::atomic<bool>& stop, Console& console) {
  ProgressDisplay display(console, "clustering",
                          ProgressDisplay::FormFor(console, arguments.Has("quiet")));
  return query::ClusterRows(input.unit_rows, {.cluster_count = arguments.Integer("clusters"),
                                              .beginnings = arguments.Integer("beginnings"),
                                              .seed = arguments.Integer("seed"),
                                              .thread_count = ChosenThreads(arguments),
                                              .progress = ProgressDisplay::ShowingLater(display),
                                              .stop = &stop});
}

// The words nearest to the centre, which name a cluster.
std::vector<ScoredWord> Names(const ClusterInput& input, const query::RowCluster& cluster,
                              std::size_t count) {
  std::vector<ScoredWord> names;
  for (std::size_t i = 0; i < std::min(count, cluster.rows.size()); ++i) {
    names.push_back({input.names[cluster.rows[i].row], cluster.rows[i].cosine});
  }
  return names;
}

std::string ClusterJson(std::size_t number, const query::RowCluster& cluster,
                        std::span<const ScoredWord> names) {
  Json json;
  json["cluster"] = number;
  json["size"] = cluster.rows.size();
  json["mean_cosine"] = JsonNumber(cluster.mean_cosine);
  json["nearest"] = RankedJson(names);
  return JsonLine(json);
}

std::string ClusterReadable(std::size_t number, const query::RowCluster& cluster,
                            std::span<const ScoredWord> names) {
  const auto aligned = [](const std::string& text, std::size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + text;
  };
  std::string text = aligned(std::to_string(number), 5) +
                     aligned(WithThousands(cluster.rows.size()), 9) + "  " +
                     FixedPoint(cluster.mean_cosine, 2) + "  ";
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += (i == 0 ? "" : ", ") + Printable(names[i].word);
  }
  return text + "\n";
}

// A line a word: the word, the number of its cluster, its cosine to the centre.
std::string ClusterTsv(const ClusterInput& input, std::size_t number,
                       const query::RowCluster& cluster) {
  std::string text;
  for (const query::ClusteredRow& each : cluster.rows) {
    text += Printable(input.names[each.row]) + "\t" + std::to_string(number) + "\t" +
            FixedPoint(each.cosine, 4) + "\n";
  }
  return text;
}

void WriteAnswer(const ClusterInput& input, const std::vector<query::RowCluster>& clusters,
                 const Arguments& arguments, Console& console) {
  const bool as_json = arguments.Has("json");
  const bool as_tsv = arguments.Has("tsv");
  if (!as_json && !as_tsv) console.Write(console.Dim("    #    words  cosine\n"));
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    if (as_tsv) {
      console.Write(ClusterTsv(input, i + 1, clusters[i]));
      continue;
    }
    const std::vector<ScoredWord> names = Names(input, clusters[i], arguments.Integer("nearest"));
    console.Write(as_json ? ClusterJson(i + 1, clusters[i], names)
                          : ClusterReadable(i + 1, clusters[i], names));
  }
}

void WriteFile(const ClusterInput& input, const std::vector<query::RowCluster>& clusters,
               AtomicFile& file) {
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    const std::string lines = ClusterTsv(input, i + 1, clusters[i]);
    file.Write(std::as_bytes(std::span(lines)));
  }
  file.Commit();
}

void CheckChoices(const Arguments& arguments) {
  if (arguments.Has("json") && arguments.Has("tsv")) {
    throw Error(ErrorKind::kUsage, "--json and --tsv are two forms of one answer: choose one");
  }
  if (arguments.Text("output") == "-") {
    throw Error(ErrorKind::kUsage,
                "-o names a file; for those lines on standard output leave it out and give --tsv");
  }
  if (!arguments.Has("words")) return;
  for (const char* const name : {"top", "min-count", "match", "exclude"}) {
    if (!arguments.Has(name)) continue;
    throw Error(ErrorKind::kUsage,
                "--" + std::string(name) + " and --words both choose words: leave out one");
  }
}

int Run(const Arguments& arguments, Console& console) {
  CheckChoices(arguments);
  const bool quiet = arguments.Has("quiet");
  const OpenedVectors vectors =
      OpenVectors(arguments.positionals().front(), quiet ? nullptr : &console);
  std::optional<AtomicFile> file;
  if (arguments.Has("output")) {
    RefuseVectorsAsOutput(vectors, arguments.Text("output"));
    for (const char* list : {"words", "exclude"}) {
      if (!arguments.Has(list)) continue;
      RefuseSameFile(arguments.Text(list), arguments.Text("output"), "whose words would be lost");
    }
    file.emplace(arguments.Text("output"));
  }
  const InterruptGuard interrupt;
  const ClusterInput input = ReadInput(arguments, vectors.store, console);
  if (!quiet) TellWhatIsLeftOut(input, console);
  const auto clusters = Cluster(input, arguments, interrupt.stop(), console);
  if (interrupt.stop()) {
    console.Note("interrupted; nothing is written");
    return kInterrupted;
  }
  // First, for whoever reads the answer may close it early.
  if (file) WriteFile(input, clusters, *file);
  WriteAnswer(input, clusters, arguments, console);
  if (!quiet && clusters.size() < arguments.Integer("clusters")) {
    console.Note("words are so alike that only " + WithThousands(clusters.size()) + " of the " +
                 WithThousands(arguments.Integer("clusters")) + " clusters have any");
  }
  return kDone;
}

constexpr Positional kPositionals[] = {{"FILE", "a .kin file, or vectors of another tool"}};
constexpr Example kExamples[] = {
    {"cluster v.kin -k 100", "a hundred groups of the 20,000 most frequent words"},
    {"cluster v.kin -k 12 --words terms.txt --tsv", "the words of a list, each with its cluster"},
    {"cluster v.kin -k 50 --top 0 --match '^[a-z]+$' -o clusters.tsv",
     "all words of plain letters; every word's cluster goes to a file"},
};
constexpr Option kOptions[] = {
    {.name = "clusters",
     .letter = 'k',
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "100",
     .description = "how many clusters to make",
     .lowest = 1,
     .highest = 1e6},
    {.name = "top",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "20000",
     .description = "cluster the N most frequent words; 0: all",
     .highest = kMostWords},
    {.name = "words",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "cluster the words of a list instead, one a line or several"},
    kMinCountOption,
    kMatchOption,
    kExcludeOption,
    {.name = "nearest",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "8",
     .description = "by how many words to name a cluster, those nearest to its centre",
     .lowest = 1,
     .highest = 1e6},
    {.name = "tsv",
     .description = "answer with a line a word: the word, its cluster, its cosine to the centre"},
    {.name = "output",
     .letter = 'o',
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "write those lines to a file, beside the answer"},
    {.name = "beginnings",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "3",
     .description = "how often to begin anew with other centres; the best outcome counts",
     .lowest = 1,
     .highest = 1000},
    {.name = "seed",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "1",
     .description = "seed of the first centres",
     .highest = 9e18},
    kThreadsOption,
    kJsonOption,
    Described(kQuietOption, "no progress, no closing line, and no note of what is left out"),
};

}  // namespace
}  // namespace cluster_command

const Command kClusterCommand = {
    .name = "cluster",
    .summary = "part words into groups of like meaning",
    .description =
        "Spherical k-means over the words' unit vectors: each word belongs to the centre with the "
        "highest cosine, and a centre is the mean of its words. Clusters are told the largest "
        "first, with how many words they have, the mean of the words' cosines to the centre, and "
        "the words nearest to it. The same for any number of threads.",
    .positionals = cluster_command::kPositionals,
    .minimum_positionals = 1,
    .maximum_positionals = 1,
    .examples = cluster_command::kExamples,
    .options = cluster_command::kOptions,
    .run = cluster_command::Run,
};

}  // namespace wordkin::cli
