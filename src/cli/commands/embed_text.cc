#include <algorithm>
#include <atomic>
#include <cstdint>
#include <string>
#include <utility>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/date.h"
#include "cli/documents/document_embedder.h"
#include "cli/documents/document_gathering.h"
#include "cli/documents/document_source.h"
#include "cli/documents/document_writing.h"
#include "cli/documents/embedding_plan.h"
#include "cli/encoding/encoder_options.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/shared_choices.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace embed_text_command {
namespace {

// What is wrong with documents is told one by one up to so many.
constexpr std::size_t kMostFaultsTold = 20;

// A run of the command: new documents become a file, or join those of one.
class EmbeddingRun {
 public:
  EmbeddingRun(const Arguments& arguments, Console& console)
      : arguments_(arguments),
        console_(console),
        quiet_(arguments.Has("quiet")),
        thread_count_(ChosenThreads(arguments)),
        plan_(PlanEmbedding(arguments, thread_count_, quiet_ ? nullptr : &console)) {}

  int Run() {
    const InterruptGuard interrupt;
    AtomicFile file(plan_.output);
    query::TextEmbedder& embedder = *plan_.opened.embedder;
    query::DocumentCollection collection(embedder, plan_.earlier.get());
    DocumentSource source = MakeSource();
    const bool is_whole =
        CollectDocuments(source, embedder, collection, interrupt.stop(), quiet_, console_, tally_);
    if (!is_whole) {
      console_.Note("interrupted; nothing is written");
      return kInterrupted;
    }
    TellFaults();
    added_ = collection.size();
    if (added_ == 0) {
      for (const std::string& line : TallyLines(tally_)) console_.Note(line);
      throw Error(ErrorKind::kNotFound, "no document is left for '" + plan_.output + "'");
    }
    plan_.settings.lines_read = source.lines_read();
    query::CollectedDocuments documents = collection.Finish(plan_.finds_component(), thread_count_);
    if (plan_.finds_component()) plan_.settings.words.component = documents.component;
    tally_.directionless = documents.without_direction;
    total_ = documents.table.vocabulary.size();
    dimension_ = documents.table.rows.dimension();
    const bool has_graph = Write(file, std::move(documents), interrupt.stop());
    Report(has_graph);
    if (!plan_.with_graph || has_graph) return kDone;
    console_.Note("interrupted; the file has no graph, which 'wordkin index " + plan_.output +
                  "' makes");
    return kInterrupted;
  }

 private:
  DocumentSource MakeSource() {
    const DocumentSourceOptions options = {.kind = plan_.kind,
                                           .skips_faults = arguments_.Text("on-error") == "skip",
                                           .lines_before = plan_.settings.lines_read,
                                           .earlier = plan_.earlier.get()};
    return DocumentSource(plan_.inputs, options, [this](const std::string& fault) {
      if (++faults_told_ <= kMostFaultsTold) console_.Complain(fault);
    });
  }

  void TellFaults() {
    if (faults_told_ <= kMostFaultsTold) return;
    console_.Complain("and " + WithThousands(faults_told_ - kMostFaultsTold) + " more such faults");
  }

  bool Write(AtomicFile& file, query::CollectedDocuments documents, const std::atomic<bool>& stop) {
    if (plan_.earlier != nullptr) {
      Json& additions = plan_.provenance["added"];
      if (!additions.is_array()) additions = Json::array();
      additions.push_back(
          {{"documents", added_}, {"version", WORDKIN_VERSION}, {"date", DateInUtc()}});
    }
    const DocumentOutput output = {.precision = plan_.precision,
                                   .metadata = JsonLine(plan_.provenance),
                                   .settings = WriteDocumentSettings(plan_.settings),
                                   .earlier = plan_.earlier.get(),
                                   .with_graph = plan_.with_graph,
                                   .thread_count = thread_count_,
                                   .quiet = quiet_};
    return WriteDocuments(file, std::move(documents), output, stop, console_);
  }

  void Report(bool has_graph) {
    if (!quiet_) {
      for (const std::string& line : TallyLines(tally_)) console_.Note(line);
      NoteTokenizer();
      NoteNibbles();
    }
    const double seconds = ProgressDisplay::SteadySeconds() - start_;
    const std::uint64_t bytes = EmbeddingStore(plan_.output).file_size();
    if (arguments_.Has("json")) {
      console_.Write(ReportJson(has_graph, bytes, seconds));
    } else if (!quiet_) {
      const std::string news =
          plan_.earlier != nullptr ? " (" + WithThousands(added_) + " of them new)" : "";
      console_.Note("wrote " + plan_.output + ": " + Counted(total_, "document", "documents") +
                    news + " x " + std::to_string(dimension_) +
                    (has_graph ? ", with a graph, " : ", ") + HumanBytes(bytes) + ", in " +
                    HumanSeconds(seconds));
    }
  }

  std::string ReportJson(bool has_graph, std::uint64_t bytes, double seconds) const {
    Json json;
    json["file"] = plan_.output;
    json["documents"] = total_;
    json["added"] = added_;
    json["dimension"] = dimension_;
    json["graph"] = has_graph;
    json["left_out"] = TallyJson(tally_);
    json["truncated"] = tally_.cut;
    json["repaired"] = tally_.repaired;
    json["unknown_words"] = tally_.unknown_words;
    json["words"] = tally_.words;
    json["bytes"] = bytes;
    json["seconds"] = JsonNumber(seconds);
    return JsonLine(json);
  }

  // Vectors of other tools seldom say how their corpus was cut, and natural text is seldom as it
  // was.
  void NoteTokenizer() {
    const bool is_likely = plan_.earlier == nullptr && !arguments_.Has("tokenizer") &&
                           plan_.settings.words.tokenizer == TokenizerKind::kWhitespace &&
                           tally_.unknown_words > tally_.words / 10;
    if (!is_likely) return;
    console_.Note(
        "texts were cut at white space alone; '--tokenizer words' also folds case and "
        "drops punctuation, and may know more of them");
  }

  void NoteNibbles() {
    const bool had_nibbles =
        plan_.earlier != nullptr &&
        std::ranges::any_of(plan_.earlier->sections(), [](const SectionEntry& section) {
          return section.kind == SectionKind::kNibblePlane;
        });
    if (!had_nibbles) return;
    console_.Note("the 4-bit rows of " + plan_.output +
                  " are not made anew; 'wordkin index --kind nibbles' does that");
  }

  const Arguments& arguments_;
  Console& console_;
  bool quiet_;
  int thread_count_;
  double start_ = ProgressDisplay::SteadySeconds();
  EmbeddingPlan plan_;
  DocumentTally tally_;
  std::size_t faults_told_ = 0;
  std::size_t added_ = 0;
  std::size_t total_ = 0;  // documents of the file
  std::size_t dimension_ = 0;
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
    kNewFileOption,
    {.name = "add",
     .kind = ValueKind::kFile,
     .value_name = "INPUT",
     .description = "add these texts to the file named first, as its own were read and embedded; a "
                    "graph is built anew over all, which takes as long as 'index' does",
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
    {.name = "no-index",
     .description = "make no graph, with --add keep none; 'wordkin index' can later"},
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
        "count on over several inputs and additions. The file stays as it was until all are "
        "embedded; Ctrl-C while the graph is built after that writes it without one.",
    .positionals = embed_text_command::kPositionals,
    .minimum_positionals = 1,
    .examples = embed_text_command::kExamples,
    .options = embed_text_command::kOptions,
    .sufficient_option = "add",
    .run = embed_text_command::Run,
};

}  // namespace wordkin::cli
