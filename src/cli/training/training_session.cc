#include "cli/training/training_session.h"

#include <algorithm>
#include <utility>

#include "cli/exit_codes.h"
#include "cli/numbers.h"
#include "cli/phrase_joining.h"
#include "cli/training/training_provenance.h"
#include "common/math/instruction_set.h"
#include "common/store/store_writer.h"
#include "common/support/error.h"

namespace wordkin::cli {

TrainingSession::TrainingSession(const TrainingRequest& request, Console& console,
                                 EarlierEvents earlier)
    : request_(request),
      console_(console),
      form_(ProgressDisplay::FormFor(console, request.quiet)),
      start_(ProgressDisplay::SteadySeconds()),
      output_(std::make_unique<AtomicFile>(request.output)),
      events_(request.event_log, console, earlier) {}

void TrainingSession::LogStart() {
  Json fields = {{"version", WORDKIN_VERSION}, {"instruction_set", ActiveInstructionSet()}};
  fields["files"] = request_.corpus_paths;
  fields["output"] = request_.output;
  fields.update(TrainingOptionsJson(request_));
  events_.Add("start", fields);
}

std::optional<train::EncodedCorpus> TrainingSession::ReadCorpus() {
  std::optional<train::EncodedCorpus> corpus;
  CorpusReader reader(request_.corpus_paths);
  try {
    {
      ProgressDisplay display(console_, "reading", form_);
      corpus = train::EncodeCorpus(
          reader, request_.phrases ? train::ForPhrases(request_.corpus) : request_.corpus,
          ShowReading(display), interrupt_.stop());
    }
    if (request_.phrases && !interrupt_.stop()) corpus = JoinPhrasesOf(std::move(*corpus));
  } catch (const Error&) {
    // A corpus cut short by Ctrl-C may lack what a whole one has: words that are frequent enough.
    if (!interrupt_.stop()) throw;
  }
  if (interrupt_.stop()) return std::nullopt;
  TellCorpus(*corpus);
  return corpus;
}

train::EncodedCorpus TrainingSession::JoinPhrasesOf(train::EncodedCorpus corpus) {
  train::JoinedPhrases joined = JoinPhrases(std::move(corpus), *request_.phrases, request_.corpus,
                                            console_, form_, interrupt_.stop());
  events_.Add("phrases", {{"phrases", joined.phrases.size()},
                          {"joined", joined.joined_count},
                          {"dropped_pairs", joined.dropped_pairs}});
  if (!request_.quiet && !interrupt_.stop()) {
    console_.Note("joined " + Counted(joined.phrases.size(), "phrase", "phrases") + ", " +
                  Counted(joined.joined_count, "time", "times"));
  }
  return std::move(joined.corpus);
}

void TrainingSession::TellCorpus(const train::EncodedCorpus& corpus) {
  events_.Add("corpus", CorpusJson(request_, corpus));
  const std::string notes = DescribeNotes(corpus.notes);
  if (!notes.empty()) console_.Note("corpus: " + notes);
  if (request_.quiet) return;
  console_.Note("read " + HumanBytes(corpus.bytes_read) + ": " +
                Counted(corpus.word_count, "word", "words") + ", " +
                WithThousands(corpus.distinct_words) + " distinct, " +
                WithThousands(corpus.vocabulary.size()) + " kept");
}

void TrainingSession::Write(const EmbeddingTable& table, const std::string& provenance,
                            bool keeps_training_rows) {
  if (output_ == nullptr) output_ = std::make_unique<AtomicFile>(request_.output);
  WriteStore(*output_, table,
             {.precision = request_.precision,
              .metadata_json = provenance,
              .keeps_training_rows = keeps_training_rows});
  bytes_written_ = output_->size();
  words_written_ = table.vocabulary.size();
  output_.reset();
}

void TrainingSession::TakeAsWritten(const EmbeddingStore& output) {
  bytes_written_ = output.file_size();
  words_written_ = output.size();
}

void TrainingSession::AddEpochs(std::span<const double> losses) {
  for (; epochs_added_ < losses.size(); ++epochs_added_) {
    events_.Add("epoch",
                {{"epoch", epochs_added_ + 1}, {"loss", JsonNumber(losses[epochs_added_])}});
  }
}

int TrainingSession::End(const TrainingOutcome& outcome) {
  const std::string unit(outcome.unit);
  const double seconds = Seconds();
  const double rate = static_cast<double>(outcome.amount) / std::max(seconds, 1e-3);
  AddEpochs(outcome.epoch_losses);
  Json fields = {{"output", request_.output}, {"bytes", bytes_written_}, {"words", words_written_}};
  fields["dimension"] = request_.training.dimension;
  fields[unit + "_trained"] = outcome.amount;
  if (outcome.kept_epoch > 0) fields["kept_epoch"] = outcome.kept_epoch;
  fields["seconds"] = JsonNumber(seconds);
  fields[unit + "_per_second"] = JsonNumber(rate);
  events_.Add(outcome.interrupted ? "interrupted" : "done", fields);
  if (outcome.interrupted) {
    console_.Note("interrupted in epoch " + std::to_string(outcome.epoch) + " of " +
                  std::to_string(request_.training.epoch_count) + "; what was learnt is kept");
  } else if (outcome.kept_epoch > 0) {
    console_.Note("stopped in epoch " + std::to_string(outcome.epoch) + " and kept epoch " +
                  std::to_string(outcome.kept_epoch) + ", the best");
  }
  if (!request_.quiet) {
    console_.Note("wrote " + request_.output + ": " + Counted(words_written_, "word", "words") +
                  " x " + std::to_string(request_.training.dimension) + ", " +
                  HumanBytes(bytes_written_) + ", in " + HumanSeconds(seconds) + " (" +
                  HumanQuantity(rate) + " " + unit + "/s)");
  }
  return outcome.interrupted ? kInterrupted : kDone;
}

int TrainingSession::GiveUp(const std::string& what_is_kept) {
  events_.Add("interrupted", {{"output", nullptr}});
  console_.Note("interrupted: " + what_is_kept);
  return kInterrupted;
}

}  // namespace wordkin::cli
