#include "cli/training/training_run.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "cli/exit_codes.h"
#include "cli/numbers.h"
#include "cli/phrase_joining.h"
#include "cli/training/prediction_training.h"
#include "cli/training/training_provenance.h"
#include "common/math/instruction_set.h"
#include "common/store/store_writer.h"
#include "common/support/error.h"
#include "train/run/output_vectors.h"

namespace wordkin::cli {

namespace {

// The words of a store with their counts, to be kept in a vocabulary that grows from it.
Vocabulary WordsOf(const EmbeddingStore& store) {
  const std::vector<std::uint64_t> counts = store.ReadCounts();
  std::vector<Vocabulary::Entry> entries;
  for (WordId id = 0; id < store.size(); ++id) {
    entries.push_back({std::string(store.Word(id)), std::max<std::uint64_t>(counts[id], 1)});
  }
  return Vocabulary(entries);
}

}  // namespace

TrainingRun::TrainingRun(TrainingRequest request, const Checkpoint* checkpoint, Console& console)
    : request_(std::move(request)),
      checkpoint_(checkpoint),
      console_(console),
      form_(ProgressDisplay::FormFor(console, request_.quiet)),
      start_(ProgressDisplay::SteadySeconds()),
      output_(std::make_unique<AtomicFile>(request_.output)),
      events_(request_.event_log, console),
      flat_(request_.flat_epochs) {
  if (!request_.continue_from.empty()) {
    earlier_.emplace(request_.continue_from);
    earlier_words_ = WordsOf(*earlier_);
    request_.corpus.earlier_vocabulary = &earlier_words_;
  }
  if (!request_.evaluation_files.empty()) {
    evaluation_.emplace(request_.evaluation_files, request_.output);
  }
}

int TrainingRun::Run() {
  LogStart();
  try {
    std::optional<train::EncodedCorpus> corpus = ReadCorpus();
    if (!corpus) return GiveUp("the corpus was not read to its end; nothing is written");
    Begin(*corpus);
    Train(*corpus);
    if (training_->Summary().words_done == 0) {
      return GiveUp("nothing was learnt yet; nothing is written");
    }
    return Keep(*corpus);
  } catch (const Error& error) {
    events_.Add("failed", {{"error", error.what()}});
    throw;
  }
}

void TrainingRun::Begin(const train::EncodedCorpus& corpus) {
  if (checkpoint_ != nullptr) checkpoint_->CheckCorpus(corpus);
  CheckTrainingMemory(corpus.vocabulary.size(), request_.training);
  CheckTrainingDisk(corpus.vocabulary.size(), request_);
  training_ = std::make_unique<PredictionTraining>(corpus, request_.training);
  if (checkpoint_ != nullptr) {
    checkpoint_->Restore(*training_);
    RestoreRunState(checkpoint_->run());
  } else if (earlier_) {
    training_->ContinueFrom(*earlier_);
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

train::EncodedCorpus TrainingRun::JoinPhrasesOf(train::EncodedCorpus corpus) {
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

void TrainingRun::TellCorpus(const train::EncodedCorpus& corpus) {
  events_.Add("corpus", CorpusJson(request_, corpus));
  const std::string notes = DescribeNotes(corpus.notes);
  if (!notes.empty()) console_.Note("corpus: " + notes);
  if (!request_.quiet) {
    console_.Note("read " + HumanBytes(corpus.bytes_read) + ": " +
                  Counted(corpus.word_count, "word", "words") + ", " +
                  WithThousands(corpus.distinct_words) + " distinct, " +
                  WithThousands(corpus.vocabulary.size()) + " kept");
  }
}

void TrainingRun::Train(const train::EncodedCorpus& corpus) {
  ProgressDisplay display(console_, "training", form_);
  const auto show = [&](const train::TrainingProgress& progress) {
    ShowProgress(progress, display);
  };
  train::PauseAt pause_at = {.epoch_end = evaluation_.has_value()};
  double last_checkpoint = Seconds();
  for (;;) {
    if (request_.checkpoint_seconds > 0) {
      pause_at.seconds = last_checkpoint + request_.checkpoint_seconds - Seconds();
    }
    const train::Pause pause = training_->Train(pause_at, show, interrupt_.stop());
    const bool is_epoch_end = pause == train::Pause::kEpochEnd || pause == train::Pause::kFinished;
    if (evaluation_ && is_epoch_end && !EvaluateEpoch(corpus)) return;
    if (pause == train::Pause::kFinished || pause == train::Pause::kStopped) return;
    const bool is_due = request_.checkpoint_seconds > 0 &&
                        Seconds() >= last_checkpoint + request_.checkpoint_seconds;
    if (!is_due) continue;
    KeepCheckpoint(corpus);
    last_checkpoint = Seconds();
  }
}

bool TrainingRun::EvaluateEpoch(const train::EncodedCorpus& corpus) {
  const EpochScore score = evaluation_->Evaluate(corpus.vocabulary, training_->ComposeRows());
  Json json = {{"epoch", training_->epochs_done()}};
  json.update(score.ToJson());
  events_.Add("evaluation", json);
  evaluations_.push_back(std::move(json));
  if (!request_.quiet) {
    console_.Note("epoch " + std::to_string(training_->epochs_done()) + ": " + score.Text());
  }
  const bool must_stop = flat_.ShouldStop(score.mean);
  if (request_.flat_epochs > 0 && flat_.LatestIsBest()) KeepEpoch(corpus);
  return !must_stop;
}

// At once: the best epoch is then safe whatever comes, and takes no second copy in memory.
void TrainingRun::KeepEpoch(const train::EncodedCorpus& corpus) {
  if (output_ == nullptr) output_ = std::make_unique<AtomicFile>(request_.output);
  training_->ShowTable([&](const EmbeddingTable& table) {
    WriteStore(*output_, table, {request_.precision, Provenance(corpus)});
  });
  output_.reset();
}

Json TrainingRun::RunState() const { return {{"evaluations", evaluations_}}; }

void TrainingRun::RestoreRunState(const Json& state) {
  for (const Json& evaluation : state.at("evaluations")) {
    evaluations_.push_back(evaluation);
    const Json& mean = evaluation.at("mean");
    flat_.ShouldStop(mean.is_number() ? mean.get<double>() : std::nan(""));
  }
}

// A checkpoint that cannot be written is no reason to lose the run.
bool TrainingRun::KeepCheckpoint(const train::EncodedCorpus& corpus) {
  try {
    WriteCheckpoint(request_, corpus, *training_, RunState(), Provenance(corpus));
    events_.Add("checkpoint", {{"output", CheckpointPath(request_.output)}});
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kInputOutput) throw;
    console_.Note(std::string("no checkpoint: ") + error.what());
    return false;
  }
  return true;
}

std::string TrainingRun::Provenance(const train::EncodedCorpus& corpus) const {
  return TrainingProvenance(request_, CorpusJson(request_, corpus), evaluations_,
                            training_->Summary(), Seconds());
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

int TrainingRun::Keep(train::EncodedCorpus& corpus) {
  const train::TrainingSummary summary = training_->Summary();
  const std::size_t word_count = corpus.vocabulary.size();
  const bool can_resume = summary.interrupted && interrupt_.stop() && KeepCheckpoint(corpus);
  // Null when the best epoch is written and was not the last.
  if (output_ != nullptr) {
    const std::string provenance = Provenance(corpus);
    corpus.ids = train::IdSequence("", 0);
    EmbeddingTable table = training_->Finish();
    training_.reset();
    train::SelectVectors(request_.output_vectors, table);
    table.vocabulary = std::move(corpus.vocabulary);
    WriteStore(*output_, table, {request_.precision, provenance});
  }
  TellTheEnd(word_count, summary);
  if (!summary.interrupted) std::remove(CheckpointPath(request_.output).c_str());
  if (can_resume) {
    console_.Note("'wordkin train --resume " + CheckpointPath(request_.output) + "' goes on");
  }
  return summary.interrupted && interrupt_.stop() ? kInterrupted : kDone;
}

void TrainingRun::TellTheEnd(std::size_t word_count, const train::TrainingSummary& summary) {
  const double seconds = Seconds();
  const double rate = static_cast<double>(summary.words_done) / std::max(seconds, 1e-3);
  const std::uint64_t bytes = std::filesystem::file_size(request_.output);
  for (std::size_t i = 0; i < summary.epoch_losses.size(); ++i) {
    events_.Add("epoch", {{"epoch", i + 1}, {"loss", JsonNumber(summary.epoch_losses[i])}});
  }
  Json fields = {{"output", request_.output}, {"bytes", bytes}, {"words", word_count}};
  fields["dimension"] = request_.training.dimension;
  fields["words_trained"] = summary.words_done;
  fields["seconds"] = JsonNumber(seconds);
  fields["words_per_second"] = JsonNumber(rate);
  const bool was_stopped = summary.interrupted && interrupt_.stop();
  events_.Add(was_stopped ? "interrupted" : "done", fields);
  if (was_stopped) {
    console_.Note("interrupted in epoch " + std::to_string(summary.epoch_losses.size()) + " of " +
                  std::to_string(request_.training.epoch_count) + "; what was learnt is kept");
  } else if (flat_.best_epoch() > 0 && request_.flat_epochs > 0) {
    console_.Note("kept epoch " + std::to_string(flat_.best_epoch()) + " of " +
                  std::to_string(request_.training.epoch_count) + ", the best");
  }
  if (request_.quiet) return;
  console_.Note("wrote " + request_.output + ": " + Counted(word_count, "word", "words") + " x " +
                std::to_string(request_.training.dimension) + ", " + HumanBytes(bytes) + ", in " +
                HumanSeconds(seconds) + " (" + HumanQuantity(rate) + " words/s)");
}

int TrainingRun::GiveUp(const std::string& what_is_kept) {
  events_.Add("interrupted", {{"output", nullptr}});
  console_.Note("interrupted: " + what_is_kept);
  return kInterrupted;
}

}  // namespace wordkin::cli
