#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "cli/answers/left_out_rows.h"
#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/conversion.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/left_behind.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/shared_choices.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace convert_command {
namespace {

std::string ClosingLine(const ConversionPlan& plan, const ConversionResult& result,
                        double seconds) {
  std::string line = "wrote " + plan.output;
  if (!plan.output_words.empty()) line += " and " + plan.output_words;
  line += ": " + Counted(result.word_count, "word", "words") + " x " +
          std::to_string(result.dimension) + ", " +
          HumanBytes(std::filesystem::file_size(plan.output));
  const std::uint64_t left_out = result.skipped.total();
  if (left_out > 0) line += ", " + Counted(left_out, "row", "rows") + " left out";
  return line + ", in " + HumanSeconds(seconds);
}

// The field names are a promise.
std::string Summary(const ConversionPlan& plan, const ConversionResult& result, double seconds) {
  Json json;
  json["file"] = plan.output;
  json["format"] = plan.to_format;
  json["words_file"] = plan.output_words.empty() ? Json() : Json(plan.output_words);
  json["words"] = result.word_count;
  json["dimension"] = result.dimension;
  json["left_out"] = result.skipped.total();
  json["bytes"] = std::filesystem::file_size(plan.output);
  json["seconds"] = JsonNumber(seconds);
  return JsonLine(json);
}

int Run(const Arguments& arguments, Console& console) {
  const double start = ProgressDisplay::SteadySeconds();
  const std::string& input = arguments.positionals()[0];
  const std::string& output = arguments.positionals()[1];
  if (input == "-" || output == "-") {
    throw Error(ErrorKind::kUsage, "convert reads and writes files; '-' cannot stand for one here");
  }
  const Precision precision = ChosenPrecision(arguments);
  RefuseSameFile(input, output, "whose form would be lost");
  const std::string from = arguments.Text("from");
  const std::string to = arguments.Text("to");
  const ReadOptions reading = {
      .on_fault = arguments.Choose<FaultPolicy>(
          "on-error", {{"refuse", FaultPolicy::kRefuse}, {"skip", FaultPolicy::kSkip}}),
      .words_path = arguments.Text("words"),
      .tensor_name = arguments.Text("tensor"),
      .thread_count = ChosenThreads(arguments)};
  const ConversionPlan plan = PlanConversion(input, from, output, to, reading);
  if (plan.to_format != kKinFormat && arguments.Has("store")) {
    throw Error(ErrorKind::kUsage, "--store says how a .kin file keeps its vectors; '" + output +
                                       "' is to be " + std::string(plan.to_format));
  }
  const ConversionResult result = Convert(plan, precision, InterruptGuard().stop());
  // Whoever asked for quiet did not ask for fewer words.
  for (const std::string& line : LeftOutLines(result.skipped, input)) console.Note(line);
  if (!arguments.Has("quiet")) {
    if (result.graph_left_out) {
      console.Note("the graph of " + input +
                   " is not carried over; 'wordkin index' makes a new one");
    }
    if (result.texts_left_out) console.Note(TextsLeftBehind(input));
  }
  const double seconds = ProgressDisplay::SteadySeconds() - start;
  if (arguments.Has("json")) {
    console.Write(Summary(plan, result, seconds));
  } else if (!arguments.Has("quiet")) {
    console.Note(ClosingLine(plan, result, seconds));
  }
  return kDone;
}

constexpr Positional kPositionals[] = {
    {"IN", "vectors to read, their format known by content"},
    {"OUT",
     "file to write, its format by extension: .kin, .txt, .w2v, .vec, .bin (fastText's for what "
     "has subwords or came from there, else word2vec's), .glove, .fifu, .npy, .safetensors, .tsv; "
     "with .gz or .zst behind it, compressed"},
};
constexpr Example kExamples[] = {
    {"convert v.kin v.txt", "write word2vec text, which other tools read"},
    {"convert GoogleNews.bin news.kin", "make a .kin file of word2vec's binary vectors"},
    {"convert m.bin m.kin --store f32", "keep all of a fastText model, so that it can go back"},
    {"convert v.kin small.kin --store int8", "a smaller copy, a little less exact"},
    {"convert glove.6B.100d.txt.gz glove.kin --on-error skip",
     "unpack and read, leaving out the rows that are broken"},
    {"convert v.kin v.npy", "a NumPy matrix, and v.words with its words"},
};
constexpr std::string_view kFormatNames =
    "auto|kin|word2vec-text|word2vec-binary|fasttext-vec|fasttext-bin|glove-text|finalfusion|npy|"
    "safetensors|projector-tsv";
constexpr Option kOptions[] = {
    {.name = "from",
     .kind = ValueKind::kText,
     .value_name = "FORMAT",
     .default_value = "auto",
     .description = "format of IN: auto: known by content; kin, word2vec-text, word2vec-binary, "
                    "fasttext-vec, fasttext-bin, glove-text, finalfusion, npy, safetensors, "
                    "projector-tsv",
     .suggestions = kFormatNames},
    {.name = "to",
     .kind = ValueKind::kText,
     .value_name = "FORMAT",
     .default_value = "auto",
     .description = "format of OUT: auto: by extension; the same names",
     .suggestions = kFormatNames},
    {.name = "store",
     .kind = ValueKind::kChoice,
     .value_name = "two-plane|int8|f32",
     .default_value = "two-plane",
     .description = "how a .kin file keeps vectors: 16 bits a value, 8, or float32 bit for bit"},
    {.name = "on-error",
     .kind = ValueKind::kChoice,
     .value_name = "refuse|skip",
     .default_value = "refuse",
     .description = "what to do about rows that are wrong: refuse the file, or leave them out and "
                    "say how many"},
    {.name = "words",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "the words of npy, safetensors or projector-tsv, one a line; else v.words, "
                    "v.vocab, v.txt or v.metadata.tsv beside v"},
    {.name = "tensor",
     .kind = ValueKind::kText,
     .value_name = "NAME",
     .description = "the matrix of a safetensors file that has several"},
    kThreadsOption,
    kJsonOption,
    kQuietOption,
};

}  // namespace
}  // namespace convert_command

const Command kConvertCommand = {
    .name = "convert",
    .summary = "turn vectors of other tools into a .kin file, and back",
    .description =
        "IN and OUT are different files: a conversion may lose precision, counts or "
        "provenance, and never takes the place of what it was made from.",
    .positionals = convert_command::kPositionals,
    .minimum_positionals = 2,
    .maximum_positionals = 2,
    .examples = convert_command::kExamples,
    .options = convert_command::kOptions,
    .run = convert_command::Run,
};

}  // namespace wordkin::cli
