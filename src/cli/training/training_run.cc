#include "cli/training/training_run.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <span>
#include <utility>

#include "cli/numbers.h"
#include "cli/stored_provenance.h"
#include "cli/training/prediction_training.h"
#include "cli/training/training_provenance.h"
#include "common/support/error.h"
#include "train/prediction/take_rows.h"
#include "train/run/earlier_rows.h"

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

// All words of the store stay: fewer could not be had.
void RequireRoomForWords(const EmbeddingStore& store, std::uint64_t max_vocabulary) {
  if (max_vocabulary == 0 || store.size() <= max_vocabulary) return;
  throw Error(ErrorKind::kUsage,
              "--continue-from keeps all words of '" + store.path() + "', " +
                  WithThousands(store.size()) + ", and --max-vocabulary allows " +
                  WithThousands(max_vocabulary) +
                  "; raise it, or make a smaller store with 'wordkin shrink' to go on from");
}

// Words cut or folded in another way would not find themselves among the store's.
void RequireSameTokenizer(const EmbeddingStore& store, TokenizerKind tokenizer) {
  const Json provenance = ReadProvenance(store);
  const auto found = provenance.find("tokenizer");
  if (found == provenance.end() || !found->is_string()) return;
  const std::string earlier = found->get<std::string>();
  if (earlier == TokenizerName(tokenizer)) return;
  throw Error(ErrorKind::kUsage, "the words of '" + store.path() + "' were cut with --tokenizer " +
                                     earlier + ", not " + std::string(TokenizerName(tokenizer)) +
                                     "; add --tokenizer " + earlier);
}

}  // namespace

TrainingRun::TrainingRun(TrainingRequest request, const Checkpoint* checkpoint, Console& console)
    : request_(std::move(request)),
      checkpoint_(checkpoint),
      session_(request_, console,
               checkpoint == nullptr ? EarlierEvents::kDropped : EarlierEvents::kKept),
      flat_(request_.flat_epochs) {
  if (request_.glove) glove_.emplace(request_, session_);
  if (!request_.continue_from.empty()) {
    earlier_.emplace(request_.continue_from);
    if (request_.glove) {
      train::CheckDimensionFits(*earlier_, request_.training.dimension);
      train::RefuseSubwords(*earlier_);
    } else {
      train::CheckRowsFit(*earlier_, request_.training);
    }
    RequireRoomForWords(*earlier_, request_.corpus.max_vocabulary);
    RequireSameTokenizer(*earlier_, request_.corpus.tokenizer);
    earlier_words_ = WordsOf(*earlier_);
    request_.corpus.earlier_vocabulary = &earlier_words_;
  }
  if (!request_.evaluation_files.empty()) {
    evaluation_.emplace(request_.evaluation_files, request_.output);
  }
  if (checkpoint_ == nullptr) return;
  try {
    RestoreRunState(checkpoint_->run());
  } catch (const Json::exception&) {
    throw Error(ErrorKind::kDamaged, "cannot resume from '" + checkpoint_->path() +
                                         "': what it tells of the evaluations is damaged");
  }
}

int TrainingRun::Run() {
  return session_.Run([this] {
    try {
      return TrainAndKeep();
    } catch (const Error& error) {
      if (kept_epoch_ == 0) throw;
      throw Error(error.kind(), std::string(error.what()) + "; epoch " +
                                    std::to_string(kept_epoch_) + ", the best so far, is in '" +
                                    request_.output + "'");
    }
  });
}

int TrainingRun::TrainAndKeep() {
  std::optional<train::EncodedCorpus> corpus =
      glove_ ? glove_->ReadCorpus() : session_.ReadCorpus();
  if (!corpus) {
    return session_.GiveUp("the corpus was not read to its end; nothing is written");
  }
  const bool has_begun = Begin(*corpus);
  if (has_begun) Train(*corpus);
  if (!has_begun || training_->Summary().amount_done == 0) {
    return session_.GiveUp("nothing was learnt yet; nothing is written");
  }
  return Keep(*corpus);
}

bool TrainingRun::Begin(train::EncodedCorpus& corpus) {
  if (checkpoint_ != nullptr) checkpoint_->CheckCorpus(corpus);
  if (glove_) {
    training_ = glove_->Begin(corpus);
    if (training_ == nullptr) return false;
  } else {
    CheckTrainingMemory(corpus.vocabulary.size(), request_.training);
    auto training =
        std::make_unique<PredictionTraining>(corpus, request_.training, request_.output_vectors);
    CheckTrainingDisk(corpus.vocabulary.size(), request_, training->bucket_row_count());
    training_ = std::move(training);
  }
  if (checkpoint_ != nullptr) {
    checkpoint_->Restore(*training_);
  } else if (earlier_) {
    training_->ContinueFrom(*earlier_);
  }
  return true;
}

void TrainingRun::Train(const train::EncodedCorpus& corpus) {
  ProgressDisplay display(session_.console(), "training", session_.form());
  const auto show = [&](const train::TrainingProgress& progress) {
    ShowProgress(progress, display);
  };
  train::PauseAt pause_at = {.epoch_end = evaluation_.has_value()};
  double last_checkpoint = session_.Seconds();
  for (;;) {
    if (request_.checkpoint_seconds > 0) {
      pause_at.seconds = last_checkpoint + request_.checkpoint_seconds - session_.Seconds();
    }
    const train::Pause pause = training_->Train(pause_at, show, session_.stop());
    const bool is_epoch_end = pause == train::Pause::kEpochEnd || pause == train::Pause::kFinished;
    if (evaluation_ && is_epoch_end && !EvaluateEpoch(corpus)) return;
    if (pause == train::Pause::kFinished || pause == train::Pause::kStopped) return;
    const bool is_due = request_.checkpoint_seconds > 0 &&
                        session_.Seconds() >= last_checkpoint + request_.checkpoint_seconds;
    if (!is_due) continue;
    KeepCheckpoint(corpus);
    last_checkpoint = session_.Seconds();
  }
}

bool TrainingRun::EvaluateEpoch(const train::EncodedCorpus& corpus) {
  const std::vector<double> losses = training_->Summary().epoch_losses;
  session_.AddEpochs(std::span(losses).first(static_cast<std::size_t>(training_->epochs_done())));
  const EpochScore score = evaluation_->Evaluate(corpus.vocabulary, training_->ComposeRows());
  Json json = {{"epoch", training_->epochs_done()}};
  json.update(score.ToJson());
  session_.events().Add("evaluation", json);
  evaluations_.push_back(std::move(json));
  if (!request_.quiet) {
    session_.console().Note("epoch " + std::to_string(training_->epochs_done()) + ": " +
                            score.Text());
  }
  if (std::isnan(score.mean) && evaluations_.size() == 1) NoteNothingIsAsked();
  const bool must_stop = flat_.ShouldStop(score.mean);
  if (request_.flat_epochs > 0 && flat_.LatestIsBest()) KeepEpoch(corpus);
  return !must_stop;
}

void TrainingRun::NoteNothingIsAsked() {
  std::string text = "the words trained on answer no question of --evaluate-with";
  if (request_.flat_epochs > 0) {
    text += ", so that --stop-when-flat will not stop; Ctrl-C does, and keeps what was learnt";
  }
  session_.console().Note(text);
}

// At once: the best epoch is then safe whatever comes, and takes no second copy in memory.
void TrainingRun::KeepEpoch(const train::EncodedCorpus& corpus) {
  const bool keeps_training_rows = request_.output_vectors == train::OutputVectors::kBoth;
  train::TrainingSummary summary = training_->Summary();
  summary.interrupted = false;  // should it be the best of all, the run meant to end here
  training_->ShowTable([&](const EmbeddingTable& table) {
    session_.Write(table, Provenance(corpus, summary), keeps_training_rows);
  });
  kept_epoch_ = flat_.best_epoch();
}

Json TrainingRun::RunState() const { return {{"evaluations", evaluations_}}; }

void TrainingRun::RestoreRunState(const Json& state) {
  for (const Json& evaluation : state.at("evaluations")) {
    evaluations_.push_back(evaluation);
    const Json& mean = evaluation.at("mean");
    flat_.ShouldStop(mean.is_number() ? mean.get<double>() : std::nan(""));
  }
  if (request_.flat_epochs > 0 && flat_.best_epoch() > 0) FindBestEpoch();
}

// The best epoch so far lies in the output alone, which a kill may have left some epochs ahead.
void TrainingRun::FindBestEpoch() {
  const auto best = static_cast<std::size_t>(flat_.best_epoch());
  try {
    const EmbeddingStore store(request_.output);
    const Json kept = ReadProvenance(store).value("evaluations", Json::array());
    if (kept.is_array() && kept.size() >= best &&
        std::equal(kept.begin(), kept.begin() + best, evaluations_.begin())) {
      session_.TakeAsWritten(store);
      kept_epoch_ = flat_.best_epoch();
      return;
    }
  } catch (const Error&) {
    // Not there or not a store: not that epoch in any case.
  }
  throw Error(ErrorKind::kUsage, "cannot resume from '" + checkpoint_->path() + "': epoch " +
                                     std::to_string(best) + ", the best so far, is not in '" +
                                     request_.output +
                                     "', where the run kept it; put that file there, or train the "
                                     "checkpoint's vectors on with --continue-from");
}

// A checkpoint that cannot be written is no reason to lose the run.
bool TrainingRun::KeepCheckpoint(const train::EncodedCorpus& corpus) {
  try {
    WriteCheckpoint(request_, corpus, *training_, RunState(),
                    Provenance(corpus, training_->Summary()));
    session_.events().Add("checkpoint", {{"output", CheckpointPath(request_.output)}});
    checkpoint_failure_.clear();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kInputOutput) throw;
    // Once, not at each interval, unless something else is amiss.
    if (error.what() != std::exchange(checkpoint_failure_, error.what())) {
      session_.console().Note(std::string("no checkpoint: ") + error.what());
    }
    return false;
  }
  return true;
}

std::string TrainingRun::Provenance(const train::EncodedCorpus& corpus,
                                    const train::TrainingSummary& summary) const {
  return TrainingProvenance(request_, CorpusJson(request_, corpus), evaluations_, summary,
                            training_->unit(), session_.Seconds());
}

int TrainingRun::Keep(train::EncodedCorpus& corpus) {
  const train::TrainingSummary summary = training_->Summary();
  const std::string_view unit = training_->unit();
  const bool was_stopped = summary.interrupted && session_.stop();
  const bool can_resume = was_stopped && KeepCheckpoint(corpus);
  if (kept_epoch_ == 0) {
    const std::string provenance = Provenance(corpus, summary);
    corpus.ids = train::IdSequence("", 0);
    EmbeddingTable table = training_->Finish();
    training_.reset();
    table.vocabulary = std::move(corpus.vocabulary);
    session_.Write(table, provenance);
  }
  if (!was_stopped) std::remove(CheckpointPath(request_.output).c_str());
  const int code =
      session_.End({summary.epoch_losses, static_cast<int>(summary.epoch_losses.size()),
                    summary.amount_done, unit, was_stopped, kept_epoch_});
  if (can_resume) {
    session_.console().Note("'wordkin train --resume " + CheckpointPath(request_.output) +
                            "' goes on");
  }
  return code;
}

void TrainingRun::ShowProgress(const train::TrainingProgress& progress, ProgressDisplay& display) {
  session_.AddEpochs(progress.epoch_losses);
  const std::string unit(training_->unit());
  session_.events().Add("progress", {{"epoch", progress.epoch},
                                     {"fraction", JsonNumber(progress.fraction_done)},
                                     {unit, progress.amount_done},
                                     {unit + "_per_second", JsonNumber(progress.amount_per_second)},
                                     {"loss", JsonNumber(progress.loss)},
                                     {"learning_rate", JsonNumber(progress.learning_rate)},
                                     {"seconds", JsonNumber(progress.elapsed_seconds)}});
  std::string state = "epoch " + std::to_string(progress.epoch) + "/" +
                      std::to_string(request_.training.epoch_count) + ", " +
                      HumanQuantity(progress.amount_per_second) + " " + unit + "/s";
  if (std::isfinite(progress.loss)) state += ", loss " + FixedPoint(progress.loss, 4);
  display.Update(progress.fraction_done, state);
}

}  // namespace wordkin::cli
