#include "cli/training/training_run.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cli/exit_codes.h"
#include "cli/numbers.h"
#include "cli/training/training_provenance.h"
#include "common/math/instruction_set.h"
#include "common/store/store_writer.h"
#include "common/support/error.h"

namespace wordkin::cli {

TrainingRun::TrainingRun(TrainingRequest request, Console& console)
    : request_(std::move(request)),
      console_(console),
      form_(ProgressDisplay::FormFor(console, request_.quiet)),
      start_(ProgressDisplay::SteadySeconds()),
      output_(request_.output),
      events_(request_.event_log, console) {}

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
  result.table.vocabulary = std::move(corpus.vocabulary);
  WriteStore(output_, result.table, {request_.precision, provenance});

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

}  // namespace wordkin::cli
