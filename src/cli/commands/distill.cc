#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/date.h"
#include "cli/encoding/encoder_options.h"
#include "cli/encoding/word_list.h"
#include "cli/exit_codes.h"
#include "cli/json.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/shared_choices.h"
#include "common/store/store_writer.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "contextual/comparison/distillation.h"

namespace wordkin::cli {
namespace distill_command {
namespace {

using contextual::Distillation;
using contextual::DistillationOptions;
using contextual::TextEncoder;

DistillationOptions ReadOptions(const Arguments& arguments, const TextEncoder& encoder) {
  DistillationOptions options;
  options.layers = ChosenLayers(arguments, encoder.encoder());
  options.pooling = ChosenPooling(arguments, encoder);
  options.dimension = arguments.Integer("dimension");
  options.weighs_by_rank = arguments.Has("zipf");
  options.thread_count = ChosenThreads(arguments);
  return options;
}

Json ProvenanceOf(const Arguments& arguments, const TextEncoder& encoder,
                  contextual::Pooling pooling, const Distillation& made) {
  return {{"program", "wordkin"},
          {"version", WORDKIN_VERSION},
          {"date", DateInUtc()},
          {"method", "distill"},
          {"encoder", arguments.Text("encoder")},
          {"encoder_weights", encoder.encoder().checkpoint().Fingerprint()},
          {"model_type", encoder.encoder().checkpoint().config().Text("model_type")},
          {"vocabulary", arguments.Text("vocabulary")},
          {"layer", arguments.Text("layer")},
          {"pooling", PoolingName(pooling)},
          {"arithmetic", arguments.Text("precision")},
          {"components", arguments.Integer("dimension")},
          {"variance_share", JsonNumber(made.share)},
          {"zipf", arguments.Has("zipf")}};
}

int Run(const Arguments& arguments, Console& console) {
  const std::string path = arguments.Text("output");
  RefuseInputAsOutput(arguments, {arguments.Text("vocabulary")}, path);
  AtomicFile file(path);
  const Vocabulary vocabulary =
      ReadWordList(arguments.Text("vocabulary"), arguments.Integer("limit-vocabulary"));
  const TextEncoder encoder = OpenEncoder(arguments);
  const DistillationOptions options = ReadOptions(arguments, encoder);
  const bool is_quiet = arguments.Has("quiet");
  const auto start = std::chrono::steady_clock::now();
  std::optional<ProgressDisplay> progress(std::in_place, console, "encoding words",
                                          ProgressDisplay::FormFor(console, is_quiet));
  const Distillation made =
      contextual::Distill(encoder, vocabulary, options, [&](std::size_t done) {
        progress->Update(static_cast<double>(done) / static_cast<double>(vocabulary.size()),
                         Counted(done, "word", "words"));
      });
  progress.reset();
  WriteStore(file, made.table,
             {.metadata_json = JsonLine(ProvenanceOf(arguments, encoder, options.pooling, made))});
  const std::uint64_t size = file.size();
  if (made.skipped > 0) {
    console.Note(Counted(made.skipped, "word was", "words were") +
                 " left out: the tokenizer leaves nothing of them");
  }
  if (made.cut > 0) {
    console.Complain(Counted(made.cut, "word has", "words have") +
                     " more pieces than the model takes; the rest was left out");
  }
  if (!is_quiet) {
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    console.Note("wrote " + path + ": " + Counted(made.table.vocabulary.size(), "word", "words") +
                 " x " + std::to_string(made.table.rows.dimension()) + ", " + HumanBytes(size) +
                 ", in " + HumanSeconds(seconds));
  }
  return kDone;
}

constexpr Example kExamples[] = {
    {"distill --encoder MiniLM --vocabulary v.kin -o minilm.kin",
     "the words of a store in the encoder's space"},
    {"distill --encoder MiniLM --vocabulary words.txt --dimension 256 --zipf -o small.kin",
     "as Model2Vec does it"},
};
constexpr Option kOptions[] = {
    [] {
      Option option = kEncoderOption;
      option.required = true;
      return option;
    }(),
    {.name = "vocabulary",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "the words: a .kin file, or a list with a word a line, the most frequent first",
     .required = true},
    kNewFileOption,
    {.name = "limit-vocabulary",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "0",
     .description = "only the first N words; 0: all",
     .highest = kMostWords},
    {.name = "dimension",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "0",
     .description = "values of a vector, along the words' principal components; 0: all of the "
                    "encoder's, as they are",
     .highest = 65536},
    {.name = "zipf",
     .description = "longer vectors for rarer words, by the logarithm of the rank: better means of "
                    "sentences"},
    kOneVectorPoolingOption,
    kLayerOption,
    kEncoderPrecisionOption,
    kThreadsOption,
    kQuietOption,
};

}  // namespace
}  // namespace distill_command

const Command kDistillCommand = {
    .name = "distill",
    .summary = "make static vectors of an encoder, a word at a time",
    .description =
        "Each word goes through the encoder alone, and what comes out is its vector: a static "
        "store in the encoder's own space, without a corpus. 'wordkin compare' looks up in it what "
        "a word is near to in a sentence.",
    .positionals = {},
    .maximum_positionals = 0,
    .examples = distill_command::kExamples,
    .options = distill_command::kOptions,
    .run = distill_command::Run,
};

}  // namespace wordkin::cli
