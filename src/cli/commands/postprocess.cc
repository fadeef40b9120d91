#include <optional>
#include <string>
#include <utility>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/date.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/left_behind.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/shared_choices.h"
#include "cli/stored_provenance.h"
#include "common/store/embedding_store.h"
#include "common/store/read_table.h"
#include "common/store/store_writer.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "common/support/interruption.h"
#include "query/space/all_but_the_top.h"

namespace wordkin::cli {
namespace postprocess_command {
namespace {

constexpr std::size_t kMostComponents = 10'000;

// nullopt: by the dimension.
std::optional<std::size_t> ReadComponents(const Arguments& arguments) {
  const std::string text = arguments.Text("components");
  if (text == "auto") return std::nullopt;
  const std::optional<std::uint64_t> count = ParseInteger(text);
  if (count && *count <= kMostComponents) return count;
  throw Error(ErrorKind::kUsage, "option '--components' takes auto or a whole number from 0 to " +
                                     WithThousands(kMostComponents) + ", not '" + text + "'");
}

query::AllButTheTopOptions ReadOptions(const Arguments& arguments, const EmbeddingStore& store) {
  query::AllButTheTopOptions options;
  options.component_count =
      ReadComponents(arguments).value_or(query::DefaultComponentCount(store.dimension()));
  options.center = !arguments.Has("no-center");
  options.thread_count = ChosenThreads(arguments);
  query::CheckAllButTheTop(store.size(), store.dimension(), options);
  return options;
}

void CheckMemory(const EmbeddingStore& store) {
  constexpr std::uint64_t kMatrices = 3;  // of the values' products: sums, directions, scratch
  const std::uint64_t dimension = store.dimension();
  RequireMemory(AlignedMatrix::ByteCount(store.size(), dimension) +
                    kMatrices * dimension * dimension * sizeof(double),
                "processing '" + store.path() + "'", "free some, or process a smaller store");
}

// Appends the step to those the file has been through.
std::string ProvenanceOf(const EmbeddingStore& store, Precision precision,
                         const query::AllButTheTopOptions& options, double share) {
  Json provenance = ReadProvenance(store);
  Json& steps = provenance["postprocessed"];
  if (!steps.is_array()) steps = Json::array();
  steps.push_back({{"method", "all-but-the-top"},
                   {"components", options.component_count},
                   {"center", options.center},
                   {"variance_share", JsonNumber(share)},
                   {"precision_before", PrecisionName(store.precision())},
                   {"precision", PrecisionName(precision)},
                   {"version", WORDKIN_VERSION},
                   {"date", DateInUtc()}});
  return JsonLine(provenance);
}

std::string Removed(const query::AllButTheTopOptions& options, double share) {
  std::string text = options.center ? "the mean" : "";
  if (options.component_count == 0) return text;
  if (options.center) text += " and ";
  return text + Counted(options.component_count, "component", "components") + ", " +
         FixedPoint(100 * share, 1) + " % of the variance";
}

int Run(const Arguments& arguments, Console& console) {
  const double start = ProgressDisplay::SteadySeconds();
  const std::string& input = arguments.positionals()[0];
  const std::string& output = arguments.positionals()[1];
  if (input == "-" || output == "-") {
    throw Error(ErrorKind::kUsage,
                "postprocess reads and writes .kin files; '-' cannot stand for one");
  }
  RefuseSameFile(input, output, "whose vectors would be lost");
  CheckSourceDate();
  const EmbeddingStore store(input);
  const query::AllButTheTopOptions options = ReadOptions(arguments, store);
  const Precision precision =
      arguments.Has("store") ? ChosenPrecision(arguments) : store.precision();
  CheckMemory(store);
  const InterruptGuard interrupt;
  AtomicFile file(output, &interrupt.stop());
  VerifyStore(input);
  EmbeddingTable table = ReadTable(store);
  EndWhenStopped(interrupt.stop());
  const query::CommonParts parts = query::FindCommonParts(table.rows, options);
  query::RemoveCommonParts(parts, options.thread_count, table);
  WriteStore(file, table, {precision, ProvenanceOf(store, precision, options, parts.share)});

  if (arguments.Has("quiet")) return kDone;
  TellWhatIsLeftBehind(store, console);
  console.Note("took away " + Removed(options, parts.share));
  console.Note("wrote " + output + ": " + Counted(store.size(), "word", "words") + " x " +
               std::to_string(store.dimension()) + ", " + HumanBytes(file.size()) + ", in " +
               HumanSeconds(ProgressDisplay::SteadySeconds() - start));
  return kDone;
}

constexpr Positional kPositionals[] = {
    {"IN", "a .kin file"},
    {"OUT", "the .kin file to write"},
};
constexpr Example kExamples[] = {
    {"postprocess v.kin better.kin", "without the mean and the strongest direction"},
    {"postprocess v.kin better.kin --components 3", "without the mean and three directions"},
};
constexpr Option kOptions[] = {
    {.name = "components",
     .kind = ValueKind::kText,
     .value_name = "N|auto",
     .default_value = "1",
     .description = "directions of greatest variance to take away; 0: the mean alone; auto: the "
                    "paper's hundredth of the dimension, at least 1"},
    {.name = "no-center", .description = "leave the mean where it is"},
    {.name = "store",
     .kind = ValueKind::kChoice,
     .value_name = "two-plane|int8|f32",
     .default_value = "as IN",
     .description = "how OUT keeps vectors: 16 bits a value, 8, or float32 bit for bit"},
    kThreadsOption,
    kQuietOption,
};

}  // namespace
}  // namespace postprocess_command

const Command kPostprocessCommand = {
    .name = "postprocess",
    .summary = "take away what all vectors have in common",
    .description =
        "Frequent words draw all vectors the same way, which tells nothing about their meaning. "
        "The mean and the few directions of greatest variance are taken away (all-but-the-top, "
        "arXiv 1702.01417), which helps some questions and harms others: evaluate both files. The "
        "result is the same for any number of threads.",
    .positionals = postprocess_command::kPositionals,
    .minimum_positionals = 2,
    .maximum_positionals = 2,
    .examples = postprocess_command::kExamples,
    .options = postprocess_command::kOptions,
    .run = postprocess_command::Run,
};

}  // namespace wordkin::cli
