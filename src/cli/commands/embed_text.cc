#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/answers/open_vectors.h"
#include "cli/answers/search_choice.h"
#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/date.h"
#include "cli/documents/document_embedder.h"
#include "cli/documents/document_settings.h"
#include "cli/documents/document_source.h"
#include "cli/documents/document_writing.h"
#include "cli/documents/embedding_run.h"
#include "cli/encoding/encoder_options.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/shared_choices.h"
#include "cli/stored_provenance.h"
#include "common/math/smooth_inverse_frequency.h"
#include "common/store/embedding_store.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "common/text/corpus_paths.h"
#include "common/text/printable.h"

namespace wordkin::cli {
namespace embed_text_command {
namespace {

using query::WordWeighting;

// What is wrong with documents is told one by one up to so many.
constexpr std::size_t kMostFaultsTold = 20;

DocumentForm ChosenForm(const Arguments& arguments) {
  return arguments.Choose<DocumentForm>("documents", {{"lines", DocumentForm::kLines},
                                                      {"files", DocumentForm::kFiles},
                                                      {"jsonl", DocumentForm::kJsonLines}});
}

// A run of the command: new documents become a file, or join those of one.
class EmbeddingRun {
 public:
  EmbeddingRun(const Arguments& arguments, Console& console)
      : arguments_(arguments),
        console_(console),
        quiet_(arguments.Has("quiet")),
        thread_count_(ChosenThreads(arguments)) {}

  int Run() {
    CheckSourceDate();
    if (ChosenForm(arguments_) != DocumentForm::kJsonLines) {
      RefuseIdle({"id-field", "text-field"}, "for --documents jsonl");
    }
    if (arguments_.Has("add")) {
      Continue();
    } else {
      Begin();
    }
    const InterruptGuard interrupt;
    AtomicFile file(output_);
    query::DocumentCollection collection(*opened_.embedder, earlier_.get());
    DocumentSource source = MakeSource();
    if (!CollectDocuments(source, *opened_.embedder, collection, interrupt.stop(), quiet_, console_,
                          tally_)) {
      console_.Note("interrupted; nothing is written");
      return kInterrupted;
    }
    TellFaults();
    added_ = collection.size();
    if (added_ == 0) {
      for (const std::string& line : TallyLines(tally_)) console_.Note(line);
      throw Error(ErrorKind::kNotFound, "no document is left for '" + output_ + "'");
    }
    settings_.lines_read = source.lines_read();
    const bool is_first = earlier_ == nullptr;
    query::CollectedDocuments documents = collection.Finish(
        is_first && settings_.words.weighting == WordWeighting::kSmoothInverseFrequency,
        thread_count_);
    if (is_first) settings_.words.component = documents.component;
    tally_.directionless = documents.without_direction;
    return Write(file, std::move(documents), interrupt.stop());
  }

 private:
  // Settles what a new file is made with.
  void Begin() {
    RefuseIdle({"vectors"}, "for --add: word vectors come first, before the texts");
    output_ = arguments_.Text("output");
    std::vector<std::string> inputs = arguments_.positionals();
    if (arguments_.Has("encoder")) {
      RefuseIdle({"weighting", "smoothing", "tokenizer"}, "for word vectors, not for an encoder");
      settings_.encoder = AbsolutePath(arguments_.Text("encoder"));
      settings_.layer = arguments_.Text("layer");
      settings_.pooling = arguments_.Text("pooling");
      settings_.arithmetic = arguments_.Text("precision");
    } else {
      RefuseIdle({"layer", "pooling", "precision"}, "for an encoder (--encoder DIR)");
      if (inputs.size() < 2) {
        throw Error(
            ErrorKind::kUsage,
            "'embed-text' wants word vectors and then texts: VECTORS INPUT... (or --encoder "
            "DIR and texts alone)");
      }
      settings_.vectors = AbsolutePath(inputs.front());
      RefuseSameFile(inputs.front(), output_, "whose content would be lost");
      inputs.erase(inputs.begin());
    }
    paths_ = ExpandCorpusPaths(inputs);
    RefuseInputAsOutput(arguments_, paths_, output_);
    if (settings_.encoder.empty()) {
      EmbeddingStore store = OpenVectors(settings_.vectors, quiet_ ? nullptr : &console_).store;
      SettleWords(store);
      opened_ = EmbedderByWords(std::move(store), settings_, thread_count_);
    } else {
      opened_ = EmbedderByEncoder(settings_, thread_count_);
    }
    precision_ = ChosenPrecision(arguments_);
    with_graph_ = !arguments_.Has("no-index");
    provenance_ = {{"program", "wordkin"},
                   {"version", WORDKIN_VERSION},
                   {"date", DateInUtc()},
                   {"method", "embed-text"},
                   {"documents", arguments_.Text("documents")}};
    if (settings_.encoder.empty()) {
      provenance_["vectors"] = settings_.vectors;
      provenance_["weighting"] = query::WeightingName(settings_.words.weighting);
    } else {
      provenance_["encoder"] = settings_.encoder;
    }
  }

  // Counts and tokenizer are the vectors' own, where nothing else is asked for.
  void SettleWords(const EmbeddingStore& store) {
    settings_.words.tokenizer =
        arguments_.Has("tokenizer") ? ChosenTokenizer(arguments_) : StoredTokenizer(store);
    const std::vector<std::uint64_t> counts = store.ReadCounts();
    const bool has_counts =
        std::ranges::any_of(counts, [](std::uint64_t count) { return count > 0; });
    settings_.words.weighting =
        has_counts ? WordWeighting::kSmoothInverseFrequency : WordWeighting::kMean;
    if (arguments_.Has("weighting")) {
      settings_.words.weighting = arguments_.Choose<WordWeighting>(
          "weighting",
          {{"mean", WordWeighting::kMean}, {"sif", WordWeighting::kSmoothInverseFrequency}});
    }
    if (settings_.words.weighting == WordWeighting::kMean) {
      RefuseIdle({"smoothing"}, "for --weighting sif");
      return;
    }
    settings_.words.smoothing = arguments_.Real("smoothing");
  }

  // Settles what joins the documents of a file: all as it was with them.
  void Continue() {
    RefuseIdle(
        {"output", "weighting", "smoothing", "tokenizer", "store", "layer", "pooling", "precision"},
        "for a new file; with --add all is as it was with the earlier documents");
    if (arguments_.positionals().size() != 1) {
      throw Error(ErrorKind::kUsage,
                  "'embed-text' wants the one file to add to before --add and its inputs");
    }
    output_ = arguments_.positionals().front();
    paths_ = ExpandCorpusPaths(arguments_.Texts("add"));
    RefuseInputAsOutput(arguments_, paths_, output_);
    earlier_ = std::make_unique<EmbeddingStore>(output_);
    settings_ = ReadDocumentSettings(*earlier_);
    VerifyStore(output_);
    opened_ = OpenEmbedderOf(*earlier_, settings_, arguments_, thread_count_,
                             quiet_ ? nullptr : &console_);
    precision_ = earlier_->precision();
    with_graph_ = HasGraph(*earlier_) && !arguments_.Has("no-index");
    provenance_ = ReadProvenance(*earlier_);
    if (arguments_.Has("vectors")) settings_.vectors = AbsolutePath(arguments_.Text("vectors"));
    if (arguments_.Has("encoder")) settings_.encoder = AbsolutePath(arguments_.Text("encoder"));
  }

  void RefuseIdle(const std::vector<std::string>& options, const std::string& use) const {
    for (const std::string& option : options) {
      if (!arguments_.Has(option)) continue;
      throw Error(ErrorKind::kUsage, "option '--" + option + "' is " + use);
    }
  }

  DocumentSource MakeSource() {
    const DocumentSourceOptions options = {.form = ChosenForm(arguments_),
                                           .id_field = arguments_.Text("id-field"),
                                           .text_field = arguments_.Text("text-field"),
                                           .skips_faults = arguments_.Text("on-error") == "skip",
                                           .lines_before = settings_.lines_read,
                                           .earlier = earlier_.get()};
    return DocumentSource(paths_, options, [this](const std::string& fault) {
      if (++faults_told_ <= kMostFaultsTold) console_.Complain(fault);
    });
  }

  void TellFaults() {
    if (faults_told_ <= kMostFaultsTold) return;
    console_.Complain("and " + WithThousands(faults_told_ - kMostFaultsTold) + " more such faults");
  }

  // Vectors of other tools seldom say how their corpus was cut, and natural text is seldom as it
  // was.
  void NoteTokenizer() {
    const bool is_likely = earlier_ == nullptr && !arguments_.Has("tokenizer") &&
                           settings_.words.tokenizer == TokenizerKind::kWhitespace &&
                           tally_.unknown_words > tally_.words / 10;
    if (!is_likely) return;
    console_.Note(
        "texts were cut at white space alone; '--tokenizer words' also folds case and "
        "drops punctuation, and may know more of them");
  }

  int Write(AtomicFile& file, query::CollectedDocuments documents, const std::atomic<bool>& stop) {
    const std::size_t total = documents.table.vocabulary.size();
    const std::size_t dimension = documents.table.rows.dimension();
    if (earlier_ != nullptr) {
      provenance_["added"].push_back(
          {{"documents", added_}, {"version", WORDKIN_VERSION}, {"date", DateInUtc()}});
    }
    if (earlier_ != nullptr && !earlier_->IsCurrent()) {
      throw Error(ErrorKind::kInputOutput,
                  "cannot add to '" + output_ + "': another program changed the file meanwhile");
    }
    const DocumentOutput output = {.precision = precision_,
                                   .metadata = JsonLine(provenance_),
                                   .settings = WriteDocumentSettings(settings_),
                                   .earlier = earlier_.get(),
                                   .with_graph = with_graph_,
                                   .thread_count = thread_count_,
                                   .quiet = quiet_};
    const bool has_graph = WriteDocuments(file, std::move(documents), output, stop, console_);
    if (!quiet_) {
      for (const std::string& line : TallyLines(tally_)) console_.Note(line);
      NoteTokenizer();
    }
    const double seconds = ProgressDisplay::SteadySeconds() - start_;
    const std::uint64_t bytes = EmbeddingStore(output_).file_size();
    if (arguments_.Has("json")) {
      Json json;
      json["file"] = output_;
      json["documents"] = total;
      json["added"] = added_;
      json["dimension"] = dimension;
      json["graph"] = has_graph;
      json["left_out"] = TallyJson(tally_);
      json["truncated"] = tally_.cut;
      json["repaired"] = tally_.repaired;
      json["unknown_words"] = tally_.unknown_words;
      json["words"] = tally_.words;
      json["bytes"] = bytes;
      json["seconds"] = JsonNumber(seconds);
      console_.Write(JsonLine(json));
    } else if (!quiet_) {
      console_.Note("wrote " + output_ + ": " + Counted(total, "document", "documents") +
                    (earlier_ != nullptr ? " (" + WithThousands(added_) + " of them new)" : "") +
                    " x " + std::to_string(dimension) + (has_graph ? ", with a graph, " : ", ") +
                    HumanBytes(bytes) + ", in " + HumanSeconds(seconds));
    }
    if (!with_graph_ || has_graph) return kDone;
    console_.Note("interrupted; the file has no graph, which 'wordkin index " + output_ +
                  "' makes");
    return kInterrupted;
  }

  const Arguments& arguments_;
  Console& console_;
  bool quiet_;
  int thread_count_;
  double start_ = ProgressDisplay::SteadySeconds();
  std::string output_;
  std::vector<std::string> paths_;
  DocumentSettings settings_;
  OpenedEmbedder opened_;
  std::unique_ptr<EmbeddingStore> earlier_;
  Precision precision_ = Precision::kTwoPlane;
  bool with_graph_ = true;
  Json provenance_;
  DocumentTally tally_;
  std::size_t faults_told_ = 0;
  std::size_t added_ = 0;
};

int Run(const Arguments& arguments, Console& console) {
  return EmbeddingRun(arguments, console).Run();
}

constexpr Positional kPositionals[] = {
    {"VECTORS",
     "word vectors, a .kin file or another tool's; none with --encoder; with --add the "
     "file to add to"},
    {"INPUT...",
     "texts: files, folders, globs in quotes, '-' for standard input; .gz and .zst too"},
};
constexpr Example kExamples[] = {
    {"embed-text v.kin sentences.txt -o docs.kin", "a document a line, to be asked by 'search'"},
    {"embed-text v.kin notes/ --documents files -o notes.kin", "a document a file"},
    {"embed-text v.kin papers.jsonl.zst --documents jsonl --text-field abstract -o papers.kin",
     "a field of each JSON object, whose id is in the field 'id'"},
    {"embed-text --encoder MiniLM sentences.txt -o docs.kin", "by a transformer encoder"},
    {"embed-text docs.kin --add more.txt", "more documents, as the earlier ones were embedded"},
};
constexpr Option kOptions[] = {
    {.name = "output",
     .letter = 'o',
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "the .kin file to write",
     .required = true},
    {.name = "add",
     .kind = ValueKind::kFile,
     .value_name = "INPUT",
     .description = "add these texts to the file named first, with its own settings",
     .repeatable = true},
    {.name = "documents",
     .kind = ValueKind::kChoice,
     .value_name = "lines|files|jsonl",
     .default_value = "lines",
     .description =
         "what is a document: a line, whose id is its number; a whole file, by its path; "
         "a JSON object a line"},
    {.name = "id-field",
     .kind = ValueKind::kText,
     .value_name = "NAME",
     .default_value = "id",
     .description = "field of a JSON object that holds its id, text or a whole number"},
    {.name = "text-field",
     .kind = ValueKind::kText,
     .value_name = "NAME",
     .default_value = "text",
     .description = "field of a JSON object that holds its text"},
    {.name = "weighting",
     .kind = ValueKind::kChoice,
     .value_name = "mean|sif",
     .default_value = "sif with counts",
     .description = "mean of the words' vectors, or smooth inverse frequency: frequent words count "
                    "less, and what all texts have in common is taken away"},
    {.name = "smoothing",
     .kind = ValueKind::kReal,
     .value_name = "A",
     .default_value = "0.001",
     .description = "of sif: a word weighs A / (A + its share of the corpus)",
     .lowest = 1e-9,
     .highest = 1e9},
    {.name = "tokenizer",
     .kind = ValueKind::kChoice,
     .value_name = "whitespace|words|characters",
     .default_value = "as VECTORS",
     .description = "how texts are cut into words: as the vectors' corpus was, or at white space "
                    "only, or folded and without punctuation, or by characters too"},
    kEncoderOption,
    kLayerOption,
    kOneVectorPoolingOption,
    kEncoderPrecisionOption,
    kMovedVectorsOption,
    {.name = "on-error",
     .kind = ValueKind::kChoice,
     .value_name = "refuse|skip",
     .default_value = "refuse",
     .description =
         "what to do about documents that are wrong: refuse the input, or leave them out "
         "and say how many"},
    {.name = "store",
     .kind = ValueKind::kChoice,
     .value_name = "two-plane|int8|f32",
     .default_value = "two-plane",
     .description = "how vectors are kept: 16 bits a value, 8, or float32 bit for bit"},
    {.name = "no-index", .description = "make no graph; 'wordkin index' can later"},
    kThreadsOption,
    kJsonOption,
    kQuietOption,
};

}  // namespace
}  // namespace embed_text_command

const Command kEmbedTextCommand = {
    .name = "embed-text",
    .summary = "turn documents into a file to search by meaning",
    .description =
        "Each document becomes a vector, by its words' vectors or by an encoder, and all of them a "
        "file with their texts and a graph, which 'wordkin search' asks, and 'neighbors' by ids. "
        "Empty documents and those of unknown words alone are left out and counted; line numbers "
        "count on over several inputs and additions. Until it is done the file stays as it was.",
    .positionals = embed_text_command::kPositionals,
    .minimum_positionals = 1,
    .examples = embed_text_command::kExamples,
    .options = embed_text_command::kOptions,
    .sufficient_option = "add",
    .run = embed_text_command::Run,
};

}  // namespace wordkin::cli
