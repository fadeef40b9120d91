#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/date.h"
#include "cli/encoding/encoder_options.h"
#include "cli/encoding/text_source.h"
#include "cli/encoding/vector_sink.h"
#include "cli/exit_codes.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/shared_choices.h"
#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/support/parallel_for.h"
#include "common/text/utf8.h"
#include "contextual/encoding/sequence_encoder.h"
#include "contextual/encoding/text_encoder.h"

namespace wordkin::cli {
namespace encode_command {
namespace {

using contextual::Pooling;
using contextual::SequenceEncoder;
using contextual::TextEncoder;

// Texts that are sorted by length together: enough to fill tiles with texts of like length.
constexpr std::size_t kBatchTexts = 2048;

// What is odd about texts is told one by one up to so many.
constexpr std::size_t kMostReported = 20;

enum class OutputKind { kStream, kNpy, kStore };

OutputKind KindOf(const Arguments& arguments) {
  const std::string path = arguments.Text("output");
  if (path.empty()) return OutputKind::kStream;
  if (path.ends_with(".npy")) return OutputKind::kNpy;
  if (path.ends_with(".kin")) return OutputKind::kStore;
  throw Error(ErrorKind::kUsage, "option '--output' takes a file that ends in .npy or .kin, not '" +
                                     path + "'; text and JSON go to standard output");
}

Json ProvenanceOf(const Arguments& arguments, const TextEncoder& encoder, Pooling pooling) {
  return {{"program", "wordkin"},
          {"version", WORDKIN_VERSION},
          {"date", DateInUtc()},
          {"method", "encode"},
          {"encoder", arguments.Text("encoder")},
          {"model_type", encoder.encoder().checkpoint().config().Text("model_type")},
          {"layer", arguments.Text("layer")},
          {"pooling", PoolingName(pooling)},
          {"arithmetic", arguments.Text("precision")},
          {"normalized", arguments.Has("normalize")}};
}

std::unique_ptr<VectorSink> MakeSink(const Arguments& arguments, const TextEncoder& encoder,
                                     Pooling pooling, Console& console) {
  const std::size_t dimension = encoder.encoder().dimension();
  const OutputKind kind = KindOf(arguments);
  if (kind == OutputKind::kNpy) return NpySink(arguments.Text("output"), dimension, pooling);
  if (kind == OutputKind::kStore) {
    return StoreSink(arguments.Text("output"), dimension,
                     ProvenanceOf(arguments, encoder, pooling));
  }
  return arguments.Has("json") ? JsonLinesSink(console, dimension, pooling)
                               : TextLinesSink(console, dimension, pooling);
}

// Encodes texts batch by batch and tells what was odd about them.
class EncodingRun {
 public:
  EncodingRun(const Arguments& arguments, Console& console)
      : console_(console),
        source_(arguments.positionals(), console),
        thread_count_(ChosenThreads(arguments)),
        normalizes_(arguments.Has("normalize")),
        encoder_(OpenEncoder(arguments)),
        pooling_(ChosenPooling(arguments, encoder_)),
        sink_(MakeSink(arguments, encoder_, pooling_, console)),
        sequences_(encoder_.encoder(), {.layers = ChosenLayers(arguments, encoder_.encoder()),
                                        .pooling = pooling_,
                                        .thread_count = thread_count_}),
        asks_quiet_(arguments.Has("quiet")),
        is_quiet_(asks_quiet_ || !source_.is_stream()) {}

  int Run() {
    const auto start = std::chrono::steady_clock::now();
    {
      ProgressDisplay progress(console_, "encoding", ProgressDisplay::FormFor(console_, is_quiet_));
      for (std::vector<std::string> texts = source_.Next(kBatchTexts); !texts.empty();
           texts = source_.Next(kBatchTexts)) {
        EncodeBatch(texts);
        progress.Update(std::nullopt, Counted(text_count_, "text", "texts"));
      }
    }
    if (odd_count_ > kMostReported) {
      console_.Complain("and " + WithThousands(odd_count_ - kMostReported) + " more such reports");
    }
    const std::string made = sink_->Finish();
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!is_quiet_ || (!made.empty() && !asks_quiet_)) {
      console_.Note((made.empty() ? "encoded " : "wrote " + made + " from ") +
                    Counted(text_count_, "text", "texts") + " of " +
                    Counted(piece_count_, "piece", "pieces") + " in " + HumanSeconds(seconds));
    }
    return has_gap_ ? kNothingFound : kDone;
  }

 private:
  void EncodeBatch(const std::vector<std::string>& texts) {
    std::vector<TextEncoder::Pieces> pieces(texts.size());
    ParallelFor(texts.size(), texts.size() < 16 ? 1 : thread_count_,
                [&](std::size_t i) { pieces[i] = encoder_.Tokenize(texts[i]); });
    std::vector<std::span<const std::int32_t>> ids;
    for (const TextEncoder::Pieces& each : pieces) {
      if (each.has_text()) ids.push_back(each.text.ids);
    }
    std::vector<std::vector<float>> vectors = sequences_.Encode(ids);
    auto next = vectors.begin();
    for (std::size_t i = 0; i < texts.size(); ++i) {
      std::vector<float> rows;
      if (pieces[i].has_text()) rows = std::move(*next++);
      if (normalizes_) NormalizeRows(rows);
      const std::string oddity = sink_->Add({texts[i], &pieces[i], rows});
      has_gap_ |= !pieces[i].has_text();
      if (!oddity.empty()) Report(text_count_ + i, oddity);
      if (!IsValidUtf8(texts[i])) {
        Report(text_count_ + i, "has bytes that are no UTF-8; each is read as U+FFFD");
      }
      if (pieces[i].is_cut()) Report(text_count_ + i, "has " + CutNote(pieces[i], encoder_));
      piece_count_ += pieces[i].text.size();
    }
    text_count_ += texts.size();
  }

  void Report(std::size_t text, const std::string& oddity) {
    if (++odd_count_ > kMostReported) return;
    const std::string name = source_.is_stream() ? "line " : "text ";
    console_.Complain(name + WithThousands(text + 1) + " " + oddity);
  }

  void NormalizeRows(std::vector<float>& rows) const {
    const std::size_t dimension = encoder_.encoder().dimension();
    for (std::size_t begin = 0; begin < rows.size(); begin += dimension) {
      Normalize(std::span(rows).subspan(begin, dimension));
    }
  }

  Console& console_;
  TextSource source_;
  int thread_count_;
  bool normalizes_;
  TextEncoder encoder_;
  Pooling pooling_;
  std::unique_ptr<VectorSink> sink_;
  SequenceEncoder sequences_;
  bool asks_quiet_;
  bool is_quiet_;  // a few texts given are not worth a line either
  std::size_t text_count_ = 0;
  std::size_t piece_count_ = 0;
  std::size_t odd_count_ = 0;
  bool has_gap_ = false;
};

int Run(const Arguments& arguments, Console& console) {
  if (KindOf(arguments) == OutputKind::kStore && arguments.Text("pooling") == "none") {
    throw Error(ErrorKind::kUsage,
                "a store has one vector a text: --pooling none goes to .npy, text or JSON");
  }
  if (KindOf(arguments) != OutputKind::kStream) {
    if (arguments.Has("json")) {
      throw Error(ErrorKind::kUsage, "--json goes to standard output, without --output");
    }
    std::vector<std::string> inputs = arguments.positionals();
    if (inputs.empty()) inputs.push_back("-");
    RefuseInputAsOutput(arguments, inputs, arguments.Text("output"));
  }
  return EncodingRun(arguments, console).Run();
}

constexpr Positional kPositionals[] = {
    {"[TEXT...]",
     "each a text of its own; a single one that names a file: its lines; none or '-': the lines of "
     "standard input"},
};
constexpr Example kExamples[] = {
    {"encode --encoder MiniLM \"I read a book.\" --json", "the vector of a sentence"},
    {"encode --encoder MiniLM lines.txt -o lines.npy", "a matrix, a row a line, for NumPy"},
    {"encode --encoder MiniLM --pooling none --layer 6 \"a book\"", "a vector for each piece"},
    {"encode --encoder MiniLM titles.txt --normalize -o titles.kin",
     "a store to ask for neighbours"},
};
constexpr Option kOptions[] = {
    [] {
      Option option = kEncoderOption;
      option.required = true;
      return option;
    }(),
    kPoolingOption,
    kLayerOption,
    {.name = "normalize", .description = "bring every vector to length one"},
    kEncoderPrecisionOption,
    {.name = "output",
     .letter = 'o',
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "write a matrix (.npy) or a store whose words are the texts (.kin)"},
    kThreadsOption,
    kQuietOption,
    kJsonOption,
};

}  // namespace
}  // namespace encode_command

const Command kEncodeCommand = {
    .name = "encode",
    .summary = "turn sentences into vectors with a transformer encoder",
    .description =
        "Runs BERT, RoBERTa, DistilBERT, ALBERT, GPT-2 and the encoder of T5 from a folder of "
        "Hugging Face's layout. A text longer than the model can take is cut, and that is "
        "reported. Without --output a line of numbers a text goes to standard output, in the order "
        "of the texts.",
    .positionals = encode_command::kPositionals,
    .examples = encode_command::kExamples,
    .options = encode_command::kOptions,
    .run = encode_command::Run,
};

}  // namespace wordkin::cli
