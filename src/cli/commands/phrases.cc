#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/phrase_joining.h"
#include "cli/shared_choices.h"
#include "cli/training/event_log.h"
#include "cli/training/training_provenance.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "common/text/printable.h"
#include "train/phrases/phrase_text.h"

namespace wordkin::cli {
namespace phrases_command {
namespace {

struct PhrasesRequest {
  std::vector<std::string> corpus_paths;
  train::CorpusOptions corpus;
  train::PhraseOptions phrases;
  std::string output;     // empty: none; "-": standard output
  std::string list;       // the same
  std::string event_log;  // the same
  bool quiet;
};

void RefuseCompressed(const std::string& path) {
  if (!path.ends_with(".gz") && !path.ends_with(".zst")) return;
  throw Error(ErrorKind::kUsage, "'" + path + "' would hold plain text under the name of a " +
                                     "compressed file; write to '-' and compress that");
}

void CheckOutputs(const PhrasesRequest& request) {
  if (request.output.empty() && request.list.empty()) {
    throw Error(ErrorKind::kUsage,
                "nothing to write: give --output for the text, --list for the phrases, or both");
  }
  RefuseSameOutputs(
      {{"--output", request.output}, {"--list", request.list}, {"--json-log", request.event_log}});
  for (const std::string& path : {request.output, request.list, request.event_log}) {
    if (path.empty() || path == "-") continue;
    RefuseCompressed(path);
    for (const std::string& corpus : request.corpus_paths) {
      RefuseSameFile(corpus, path, "which would be lost");
    }
  }
}

PhrasesRequest ReadRequest(const Arguments& arguments) {
  PhrasesRequest request;
  const int thread_count = ChosenThreads(arguments);
  request.phrases = ReadPhraseOptions(arguments, "", arguments.Int("passes"), thread_count);
  request.phrases.max_pairs = arguments.Integer("max-pairs");
  request.corpus.tokenizer = ChosenTokenizer(arguments);
  request.corpus.min_count = 1;
  request.corpus.thread_count = thread_count;
  request.output = arguments.Text("output");
  request.list = arguments.Text("list");
  request.event_log = arguments.Text("json-log");
  request.quiet = arguments.Has("quiet");
  request.corpus_paths = ExpandCorpusPaths(arguments.positionals());
  CheckOutputs(request);
  return request;
}

// A file that appears whole or not at all, standard output, or nothing.
class TextOutput {
 public:
  TextOutput(const std::string& path, Console& console) : path_(path), console_(console) {
    if (!path.empty() && path != "-") file_.emplace(path);
  }
  void Write(std::string_view text) {
    byte_count_ += text.size();
    if (file_) {
      file_->Write(std::as_bytes(std::span(text)));
    } else if (!path_.empty()) {
      console_.Write(text);
    }
  }
  void Commit() {
    if (file_) file_->Commit();
  }
  bool is_wanted() const { return !path_.empty(); }
  std::uint64_t byte_count() const { return byte_count_; }

 private:
  std::string path_;
  Console& console_;
  std::optional<AtomicFile> file_;
  std::uint64_t byte_count_ = 0;
};

Json FileOrNull(const std::string& path) { return path.empty() ? Json() : Json(path); }

std::string ListOf(const std::vector<train::Phrase>& phrases) {
  std::string text;
  for (const train::Phrase& phrase : phrases) {
    text += Printable(phrase.text) + '\t' + std::to_string(phrase.count) + '\t' +
            FixedPoint(phrase.score, 4) + '\t' + std::to_string(phrase.pass) + '\n';
  }
  return text;
}

class PhrasesRun {
 public:
  PhrasesRun(PhrasesRequest request, Console& console)
      : request_(std::move(request)),
        console_(console),
        form_(ProgressDisplay::FormFor(console, request_.quiet)),
        start_(ProgressDisplay::SteadySeconds()),
        output_(request_.output, console),
        list_(request_.list, console),
        events_(request_.event_log, console) {}

  int Run() {
    LogStart();
    try {
      return FindAndWrite();
    } catch (const Error& error) {
      events_.Add("failed", {{"error", error.what()}});
      throw;
    }
  }

 private:
  void LogStart() {
    Json fields = {{"version", WORDKIN_VERSION}, {"files", request_.corpus_paths}};
    fields["output"] = FileOrNull(request_.output);
    fields["list"] = FileOrNull(request_.list);
    fields["tokenizer"] = TokenizerName(request_.corpus.tokenizer);
    fields["min_count"] = request_.phrases.min_count;
    fields.update(PhraseOptionsJson(request_.phrases));
    fields["threads"] = request_.phrases.thread_count;
    events_.Add("start", fields);
  }

  int FindAndWrite() {
    std::optional<train::JoinedPhrases> joined = Join();
    if (joined && list_.is_wanted()) list_.Write(ListOf(joined->phrases));
    if (joined && output_.is_wanted()) {
      train::WriteCorpusText(
          joined->corpus, [&](std::string_view text) { output_.Write(text); }, interrupt_.stop());
    }
    if (interrupt_.stop()) {
      events_.Add("interrupted", {{"output", nullptr}});
      console_.Note("interrupted; no file is written");
      return kInterrupted;
    }
    console_.Flush();
    list_.Commit();
    output_.Commit();
    events_.Add("done", {{"output", FileOrNull(request_.output)},
                         {"bytes", output_.byte_count()},
                         {"words", joined->corpus.kept_word_count},
                         {"seconds", JsonNumber(Seconds())}});
    if (!request_.quiet) console_.Note(ClosingLine(*joined));
    return kDone;
  }

  // nullopt when Ctrl-C came first.
  std::optional<train::JoinedPhrases> Join() {
    std::optional<train::JoinedPhrases> joined;
    try {
      train::EncodedCorpus corpus = Read();
      if (interrupt_.stop()) return std::nullopt;
      const std::string notes = DescribeNotes(corpus.notes);
      if (!notes.empty()) console_.Note("corpus: " + notes);
      events_.Add("corpus", {{"bytes", corpus.bytes_read},
                             {"words", corpus.word_count},
                             {"distinct_words", corpus.distinct_words}});
      joined = JoinPhrases(std::move(corpus), request_.phrases, request_.corpus, console_, form_,
                           interrupt_.stop());
    } catch (const Error&) {
      // A corpus cut short may lack words.
      if (!interrupt_.stop()) throw;
    }
    if (interrupt_.stop()) return std::nullopt;
    events_.Add("phrases", {{"phrases", joined->phrases.size()},
                            {"joined", joined->joined_count},
                            {"dropped_pairs", joined->dropped_pairs}});
    return joined;
  }

  train::EncodedCorpus Read() {
    CorpusReader reader(request_.corpus_paths);
    ProgressDisplay display(console_, "reading", form_);
    return train::EncodeCorpus(reader, request_.corpus, ShowReading(display), interrupt_.stop());
  }

  double Seconds() const { return std::max(ProgressDisplay::SteadySeconds() - start_, 1e-3); }

  std::string ClosingLine(const train::JoinedPhrases& joined) const {
    const train::EncodedCorpus& corpus = joined.corpus;
    const double seconds = Seconds();
    std::string line = "found " + Counted(joined.phrases.size(), "phrase", "phrases") + " in " +
                       Counted(corpus.word_count, "word", "words");
    if (output_.is_wanted()) {
      line += "; wrote " + (request_.output == "-" ? "the text" : request_.output) + ": " +
              Counted(corpus.kept_word_count, "word", "words") + ", " +
              HumanBytes(output_.byte_count());
    }
    return line + ", in " + HumanSeconds(seconds) + " (" +
           HumanBytes(
               static_cast<std::uint64_t>(static_cast<double>(corpus.bytes_read) / seconds)) +
           "/s)";
  }

  PhrasesRequest request_;
  Console& console_;
  ProgressDisplay::Form form_;
  double start_;
  // Opened before the work, so that a folder that cannot be written is known now.
  TextOutput output_;
  TextOutput list_;
  EventLog events_;
  // Last: until the files are open, which a pipe without a reader may delay, a signal ends all.
  InterruptGuard interrupt_;
};

int Run(const Arguments& arguments, Console& console) {
  return PhrasesRun(ReadRequest(arguments), console).Run();
}

constexpr Positional kPositionals[] = {
    {"CORPUS...",
     "text in UTF-8: files (.gz and .zst too), folders, quoted globs; '-': standard input"},
};
constexpr Example kExamples[] = {
    {"phrases corpus.txt -o joined.txt", "new york becomes new_york"},
    {"phrases books/ --tokenizer words --list - --score npmi",
     "list the phrases of a folder with their scores"},
    {"phrases zh.txt -o joined.txt --tokenizer characters --joiner ''",
     "Chinese characters to words"},
};
constexpr Option kOptions[] = {
    {.name = "output",
     .letter = 'o',
     .kind = ValueKind::kFile,
     .value_name = "TEXT",
     .description = "file for the text with its phrases joined; '-': standard output"},
    {.name = "list",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "file for the phrases, a line each: phrase, count, score and pass, parted by "
                    "tabs; '-': standard output"},
    {.name = "passes",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "2",
     .description = "times to look for pairs; each joins what earlier ones joined",
     .lowest = 1,
     .highest = train::kMostPhrasePasses},
    PhraseScoreOption("score"),
    PhraseThresholdOption("threshold"),
    PhraseThresholdFallOption("threshold-fall"),
    {.name = "min-count",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "5",
     .description = "leave alone words and pairs that occur less often",
     .lowest = 1},
    PhraseJoinerOption("joiner"),
    kTokenizerOption,
    {.name = "max-pairs",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "40000000",
     .description = "different pairs to count at once, at up to 32 bytes each; beyond, the rarest "
                    "are dropped and the loss is told",
     .lowest = 1000,
     .highest = 1e11},
    kThreadsOption,
    {.name = "json-log",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "write events as JSON Lines: start, corpus, phrases, done; '-': to standard "
                    "output"},
    kQuietOption,
};

}  // namespace
}  // namespace phrases_command

const Command kPhrasesCommand = {
    .name = "phrases",
    .summary = "join words that occur together more often than chance",
    .description =
        "Writes the corpus as text again, words cut by the tokenizer and parted by blanks, a line "
        "for each line that holds words; words of a phrase are joined from the left. The text is "
        "the same whatever the threads. 'wordkin train --phrases' does it without a file between.",
    .positionals = phrases_command::kPositionals,
    .minimum_positionals = 1,
    .examples = phrases_command::kExamples,
    .options = phrases_command::kOptions,
    .run = phrases_command::Run,
};

}  // namespace wordkin::cli
