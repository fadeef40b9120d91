#include "common/store/shrink_table.h"

#include <algorithm>
#include <string>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/date.h"
#include "cli/evaluation/shrink_report.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/left_behind.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/stored_provenance.h"
#include "common/store/store_writer.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "common/support/interruption.h"

namespace wordkin::cli {
namespace shrink_command {
namespace {

// Words asked about: enough for two decimals, and a second's work.
constexpr std::size_t kSampledWords = 1000;
constexpr std::uint64_t kSampleSeed = 1;

Precision PrecisionFor(const Arguments& arguments, const EmbeddingStore& store) {
  return arguments.Choose<Precision>("store",
                                     {{"same", store.precision()},
                                      {PrecisionName(Precision::kTwoPlane), Precision::kTwoPlane},
                                      {PrecisionName(Precision::kInt8), Precision::kInt8}});
}

std::string ProvenanceOfShrinking(const EmbeddingStore& store, const Arguments& arguments) {
  Json json = ReadProvenance(store);
  json["shrunk"] = {{"version", WORDKIN_VERSION},
                    {"words_before", store.size()},
                    {"precision_before", PrecisionName(store.precision())},
                    {"max_vocabulary", arguments.Integer("max-vocabulary")},
                    {"min_count", arguments.Integer("min-count")},
                    {"max_buckets", arguments.Integer("max-buckets")},
                    {"date", DateInUtc()}};
  return JsonLine(json);
}

ShrinkLimits LimitsOf(const Arguments& arguments) {
  return {.maximum_words = arguments.Integer("max-vocabulary"),
          .minimum_count = arguments.Integer("min-count"),
          .maximum_buckets = arguments.Integer("max-buckets")};
}

// The rows that stay lie in memory once more; those of 'store' are mapped.
void CheckMemory(const EmbeddingStore& store, std::size_t word_count, const ShrinkLimits& limits) {
  std::size_t bucket_count = store.subwords() == nullptr ? 0 : store.subwords()->row_count();
  if (limits.maximum_buckets > 0) bucket_count = std::min(bucket_count, limits.maximum_buckets);
  RequireMemory(AlignedMatrix::ByteCount(word_count + bucket_count, store.dimension()),
                "shrinking '" + store.path() + "' to " + Counted(word_count, "word", "words"),
                std::string("lower --max-vocabulary") +
                    (bucket_count > 0 ? ", --max-buckets" : "") + " or free some");
}

// Throws kInterrupted, and leaves the output as it was, on Ctrl-C.
void Shrink(const EmbeddingStore& store, const std::string& output, const Arguments& arguments) {
  const ShrinkLimits limits = LimitsOf(arguments);
  const Precision precision = PrecisionFor(arguments, store);
  const std::size_t word_count = KeptWordCount(store, limits);
  if (limits.maximum_buckets > 0 && store.subwords() == nullptr) {
    throw Error(ErrorKind::kUsage,
                "--max-buckets is for subwords, and '" + store.path() + "' has none");
  }
  CheckMemory(store, word_count, limits);
  const InterruptGuard interrupt;
  AtomicFile file(output, &interrupt.stop());
  VerifyStore(store.path());
  EndWhenStopped(interrupt.stop());
  const EmbeddingTable table = ReadShrunk(store, word_count, limits.maximum_buckets);
  WriteStore(file, table, {precision, ProvenanceOfShrinking(store, arguments)});
}

int Run(const Arguments& arguments, Console& console) {
  const double start = ProgressDisplay::SteadySeconds();
  const std::string& input = arguments.positionals()[0];
  const std::string& output = arguments.positionals()[1];
  if (input == "-" || output == "-") {
    throw Error(ErrorKind::kUsage, "shrink reads and writes files; '-' cannot stand for one here");
  }
  RefuseSameFile(input, output, "of which a part would be lost");
  CheckSourceDate();
  const EmbeddingStore store(input);
  Shrink(store, output, arguments);
  const EmbeddingStore shrunk(output);
  const ShrinkReport report = {query::MeasureRecall(store, shrunk, kSampledWords, kSampleSeed),
                               query::MeasureUnseen(store, shrunk, kSampledWords, kSampleSeed)};
  console.Write(arguments.Has("json") ? JsonLine(ShrinkReportJson(store, shrunk, report))
                                      : ShrinkReportText(store, shrunk, report));
  if (arguments.Has("quiet")) return kDone;
  console.Flush();
  TellWhatIsLeftBehind(store, console);
  console.Note("wrote " + output + ": " + Counted(shrunk.size(), "word", "words") + " x " +
               std::to_string(shrunk.dimension()) + ", " + HumanBytes(shrunk.file_size()) +
               ", in " + HumanSeconds(ProgressDisplay::SteadySeconds() - start));
  return kDone;
}

constexpr Positional kPositionals[] = {
    {"IN.kin", "the store to take from"},
    {"OUT.kin", "the smaller store to write, another file"},
};
constexpr Example kExamples[] = {
    {"shrink v.kin small.kin --max-vocabulary 50000 --store int8", "the frequent words, rounded"},
    {"shrink s.kin small.kin --min-count 20 --max-buckets 100000",
     "rare words are made of the subwords that are left"},
};
constexpr Option kOptions[] = {
    {.name = "max-vocabulary",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "0",
     .description = "keep the N most frequent words; 0: all",
     .highest = kMostWords},
    {.name = "min-count",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "0",
     .description = "keep words that occurred N times or more",
     .highest = 1e15},
    {.name = "max-buckets",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "0",
     .description = "keep the N longest rows of subword buckets; 0: all",
     .highest = 2147483647},
    {.name = "store",
     .kind = ValueKind::kChoice,
     .value_name = "same|two-plane|int8",
     .default_value = "same",
     .description = "how OUT keeps vectors: as IN, 16 bits a value, or 8"},
    kJsonOption,
    kQuietOption,
};

}  // namespace
}  // namespace shrink_command

const Command kShrinkCommand = {
    .name = "shrink",
    .summary = "make a smaller .kin file and say what that costs",
    .description =
        "Drops rare words, the shortest rows of subwords, and what only training needs. Then it "
        "asks both files: how many of the ten nearest words are still found, and how near the "
        "vectors that subwords make of dropped words are to their own.",
    .positionals = shrink_command::kPositionals,
    .minimum_positionals = 2,
    .maximum_positionals = 2,
    .examples = shrink_command::kExamples,
    .options = shrink_command::kOptions,
    .run = shrink_command::Run,
};

}  // namespace wordkin::cli
