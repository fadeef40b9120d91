#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/event_log.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/provenance.h"
#include "cli/training_request.h"
#include "common/math/instruction_set.h"
#include "common/store/store_writer.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "train/trainer.h"

namespace wordkin::cli {
namespace {

// One run of 'train', from the checked command line to the closing line.
class TrainingRun {
 public:
  TrainingRun(TrainingRequest request, Console& console)
      : request_(std::move(request)),
        console_(console),
        form_(ProgressDisplay::FormFor(console, request_.quiet)),
        start_(ProgressDisplay::SteadySeconds()),
        output_(request_.output),
        events_(request_.event_log, console) {}

  int Run();

 private:
  // nullopt when Ctrl-C came first.
  std::optional<train::EncodedCorpus> ReadCorpus();
  train::TrainingResult Train(const train::EncodedCorpus& corpus);
  void ShowProgress(const train::TrainingProgress& progress, ProgressDisplay& display);
  int Keep(train::EncodedCorpus corpus, train::TrainingResult result);
  int GiveUp(const std::string& what_is_kept);
  void LogStart();

  double Seconds() const { return ProgressDisplay::SteadySeconds() - start_; }

  TrainingRequest request_;
  Console& console_;
  ProgressDisplay::Form form_;
  double start_;
  InterruptGuard interrupt_;
  // Opened before the work, so that a folder that cannot be written is known now.
  AtomicFile output_;
  EventLog events_;
};

int TrainingRun::Run() {
  LogStart();
  try {
    std::optional<train::EncodedCorpus> corpus = ReadCorpus();
    if (!corpus) return GiveUp("the corpus was not read to its end; nothing is written");
    CheckTrainingMemory(corpus->vocabulary.size(), request_.training);
    CheckTrainingDisk(corpus->vocabulary.size(), request_);
    train::TrainingResult result = Train(*corpus);
    if (result.words_done == 0 && result.interrupted) {
      return GiveUp("nothing was learnt yet; nothing is written");
    }
    return Keep(std::move(*corpus), std::move(result));
  } catch (const Error& error) {
    events_.Add("failed", {{"error", error.what()}});
    throw;
  }
}

void TrainingRun::LogStart() {
  Json fields = {{"version", WORDKIN_VERSION}, {"instruction_set", ActiveInstructionSet()}};
  fields["files"] = request_.corpus_paths;
  fields["output"] = request_.output;
  fields.update(TrainingOptionsJson(request_));
  events_.Add("start", fields);
}

std::optional<train::EncodedCorpus> TrainingRun::ReadCorpus() {
  std::optional<train::EncodedCorpus> corpus;
  CorpusReader reader(request_.corpus_paths);
  try {
    ProgressDisplay display(console_, "reading", form_);
    const auto show = [&](std::uint64_t done, std::uint64_t total, std::uint64_t words) {
      std::optional<double> fraction;
      if (total > 0) fraction = static_cast<double>(done) / static_cast<double>(total);
      const double seconds = std::max(Seconds(), 1e-3);
      display.Update(fraction, HumanQuantity(static_cast<double>(words)) + " words, " +
                                   HumanQuantity(static_cast<double>(words) / seconds) +
                                   " words/s");
    };
    corpus = train::EncodeCorpus(reader, request_.corpus, show, interrupt_.stop());
  } catch (const Error&) {
    // A corpus cut short by Ctrl-C may lack what a whole one has: words that are frequent enough.
    if (!interrupt_.stop()) throw;
  }
  if (interrupt_.stop()) return std::nullopt;
  events_.Add("corpus", CorpusJson(request_, *corpus));
  const std::string notes = DescribeNotes(corpus->notes);
  if (!notes.empty()) console_.Note("corpus: " + notes);
  if (!request_.quiet) {
    console_.Note("read " + HumanBytes(corpus->bytes_read) + ": " +
                  Counted(corpus->word_count, "word", "words") + ", " +
                  WithThousands(corpus->distinct_words) + " distinct, " +
                  WithThousands(corpus->vocabulary.size()) + " kept");
  }
  return corpus;
}

train::TrainingResult TrainingRun::Train(const train::EncodedCorpus& corpus) {
  ProgressDisplay display(console_, "training", form_);
  return train::Train(
      corpus, request_.training,
      [&](const train::TrainingProgress& progress) { ShowProgress(progress, display); },
      interrupt_.stop());
}

void TrainingRun::ShowProgress(const train::TrainingProgress& progress, ProgressDisplay& display) {
  events_.Add("progress", {{"epoch", progress.epoch},
                           {"fraction", JsonNumber(progress.fraction_done)},
                           {"words", progress.words_done},
                           {"words_per_second", JsonNumber(progress.words_per_second)},
                           {"loss", JsonNumber(progress.loss)},
                           {"learning_rate", JsonNumber(progress.learning_rate)},
                           {"seconds", JsonNumber(progress.elapsed_seconds)}});
  std::string state = "epoch " + std::to_string(progress.epoch) + "/" +
                      std::to_string(request_.training.epoch_count) + ", " +
                      HumanQuantity(progress.words_per_second) + " words/s";
  if (std::isfinite(progress.loss)) state += ", loss " + FixedPoint(progress.loss, 3);
  display.Update(progress.fraction_done, state);
}

int TrainingRun::Keep(train::EncodedCorpus corpus, train::TrainingResult result) {
  const Json corpus_json = CorpusJson(request_, corpus);
  const std::size_t word_count = corpus.vocabulary.size();
  const std::string provenance = TrainingProvenance(request_, corpus_json, result, Seconds());
  corpus.ids = train::IdSequence("", 0);
  const EmbeddingTable table{std::move(corpus.vocabulary), std::move(result.rows)};
  WriteStore(output_, table, {request_.precision, provenance});

  const double seconds = Seconds();
  const double rate = static_cast<double>(result.words_done) / std::max(seconds, 1e-3);
  for (std::size_t i = 0; i < result.epoch_losses.size(); ++i) {
    events_.Add("epoch", {{"epoch", i + 1}, {"loss", JsonNumber(result.epoch_losses[i])}});
  }
  Json fields = {{"output", request_.output}, {"bytes", output_.size()}, {"words", word_count}};
  fields["dimension"] = request_.training.dimension;
  fields["words_trained"] = result.words_done;
  fields["seconds"] = JsonNumber(seconds);
  fields["words_per_second"] = JsonNumber(rate);
  events_.Add(result.interrupted ? "interrupted" : "done", fields);
  if (result.interrupted) {
    console_.Note("interrupted in epoch " + std::to_string(result.epoch_losses.size()) + " of " +
                  std::to_string(request_.training.epoch_count) + "; what was learnt is kept");
  }
  if (!request_.quiet) {
    console_.Note("wrote " + request_.output + ": " + Counted(word_count, "word", "words") + " x " +
                  std::to_string(request_.training.dimension) + ", " + HumanBytes(output_.size()) +
                  ", in " + HumanSeconds(seconds) + " (" + HumanQuantity(rate) + " words/s)");
  }
  return result.interrupted ? kInterrupted : kDone;
}

int TrainingRun::GiveUp(const std::string& what_is_kept) {
  events_.Add("interrupted", {{"output", nullptr}});
  console_.Note("interrupted: " + what_is_kept);
  return kInterrupted;
}

int Run(const Arguments& arguments, Console& console) {
  return TrainingRun(ReadTrainingRequest(arguments), console).Run();
}

constexpr Positional kPositionals[] = {
    {"skipgram|cbow", "the model: skipgram is better on small corpora, cbow is faster"},
    {"CORPUS...",
     "text in UTF-8: files (.gz and .zst too), folders, quoted globs; '-': standard "
     "input"},
};
constexpr Example kExamples[] = {
    {"train skipgram corpus.txt -o v.kin", "train with the defaults"},
    {"train cbow books/ 'news-*.txt.zst' -o v.kin --tokenizer words --epochs 3",
     "a folder and compressed files, punctuation stripped and case folded"},
    {"train skipgram - -o v.kin --dimension 100 < corpus.txt", "from standard input"},
};
constexpr Option kOptions[] = {
    {.name = "output",
     .letter = 'o',
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "the .kin file to write",
     .required = true},
    {.name = "dimension",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "200",
     .description = "numbers in a vector",
     .lowest = 1,
     .highest = 10'000},
    {.name = "window",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "5",
     .description = "words on either side that count as context, at most",
     .lowest = 1,
     .highest = 1'000},
    {.name = "negative",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "5",
     .description = "negative samples for each word",
     .lowest = 1,
     .highest = 1'000},
    {.name = "subsample",
     .kind = ValueKind::kReal,
     .value_name = "X",
     .default_value = "1e-4",
     .description = "thin out words that are a larger share of the corpus than this; 0: none",
     .lowest = 0,
     .highest = 1},
    {.name = "min-count",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "5",
     .description = "leave out words that occur less often",
     .lowest = 1},
    {.name = "max-vocabulary",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "0",
     .description = "keep the N most frequent words only; 0: all"},
    {.name = "epochs",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "5",
     .description = "passes over the corpus",
     .lowest = 1,
     .highest = 100'000},
    {.name = "learning-rate",
     .kind = ValueKind::kReal,
     .value_name = "X",
     .default_value = "0.0275, cbow 0.05",
     .description = "step at the beginning; it falls linearly to almost nothing",
     .lowest = 1e-6,
     .highest = 10},
    {.name = "cbow-gradient",
     .kind = ValueKind::kChoice,
     .value_name = "corrected|original",
     .default_value = "original",
     .description = "whether cbow divides a context's gradient by the contexts' number, as the "
                    "mean demands, or not, as word2vec; the original learns faster"},
    {.name = "tokenizer",
     .kind = ValueKind::kChoice,
     .value_name = "whitespace|words",
     .default_value = "whitespace",
     .description = "split at white space only; or fold case and strip punctuation too"},
    kThreadsOption,
    {.name = "seed",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "1",
     .description = "seed of the random numbers; with --threads 1 a run can be repeated exactly"},
    {.name = "store",
     .kind = ValueKind::kChoice,
     .value_name = "two-plane|int8|f32",
     .default_value = "two-plane",
     .description = "how the file keeps vectors: 16 bits a value, 8, or float32 bit for bit"},
    {.name = "json-log",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "write events as JSON Lines: start, corpus, progress, epoch, done; '-': to "
                    "standard output"},
    kQuietOption,
};

}  // namespace

const Command kTrainCommand = {
    .name = "train",
    .summary = "train word vectors on text",
    .description =
        "Words are kept with their vectors in one .kin file that the other commands ask. Ctrl-C "
        "stops after the block at hand and keeps what was learnt; a second Ctrl-C quits at once, "
        "and an earlier FILE stays as it was. The file is the same again for the same corpus, "
        "options and seed with --threads 1 when SOURCE_DATE_EPOCH is set.",
    .positionals = kPositionals,
    .minimum_positionals = 2,
    .examples = kExamples,
    .options = kOptions,
    .run = Run,
};

}  // namespace wordkin::cli
