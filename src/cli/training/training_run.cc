#include "cli/training/training_run.h"

#include <cmath>
#include <utility>

#include "cli/numbers.h"
#include "cli/training/training_provenance.h"

namespace wordkin::cli {

TrainingRun::TrainingRun(TrainingRequest request, Console& console)
    : request_(std::move(request)), session_(request_, console) {}

int TrainingRun::Run() {
  return session_.Run([this] {
    std::optional<train::EncodedCorpus> corpus = session_.ReadCorpus();
    if (!corpus) return session_.GiveUp("the corpus was not read to its end; nothing is written");
    CheckTrainingMemory(corpus->vocabulary.size(), request_.training);
    CheckTrainingDisk(corpus->vocabulary.size(), request_);
    train::TrainingResult result = Train(*corpus);
    if (result.words_done == 0 && result.interrupted) {
      return session_.GiveUp("nothing was learnt yet; nothing is written");
    }
    return Keep(std::move(*corpus), std::move(result));
  });
}

train::TrainingResult TrainingRun::Train(const train::EncodedCorpus& corpus) {
  ProgressDisplay display(session_.console(), "training", session_.form());
  return train::Train(
      corpus, request_.training,
      [&](const train::TrainingProgress& progress) { ShowProgress(progress, display); },
      session_.stop());
}

void TrainingRun::ShowProgress(const train::TrainingProgress& progress, ProgressDisplay& display) {
  session_.events().Add("progress", {{"epoch", progress.epoch},
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
  const std::string provenance =
      TrainingProvenance(request_, CorpusJson(request_, corpus), result, session_.Seconds());
  corpus.ids = train::IdSequence("", 0);
  result.table.vocabulary = std::move(corpus.vocabulary);
  return session_.Keep(result.table, provenance,
                       {result.epoch_losses, static_cast<int>(result.epoch_losses.size()),
                        result.words_done, "words", result.interrupted});
}

}  // namespace wordkin::cli
