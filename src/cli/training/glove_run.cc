#include "cli/training/glove_run.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cli/numbers.h"
#include "cli/training/training_provenance.h"
#include "common/support/error.h"
#include "train/glove/count_pairs.h"
#include "train/glove/training_tiles.h"

namespace wordkin::cli {

GloveRun::GloveRun(TrainingRequest request, Console& console)
    : request_(std::move(request)), session_(request_, console) {
  if (!request_.glove->keep_counts.empty()) kept_counts_.emplace(request_.glove->keep_counts);
}

int GloveRun::Run() {
  return session_.Run([this] {
    std::optional<train::CountedCorpus> counted =
        request_.glove->counts.empty() ? CountCorpus() : ReadCounts();
    if (!counted) {
      return session_.GiveUp("the corpus was not counted to its end; nothing is written");
    }
    if (counted->counts.pair_count() == 0) {
      throw Error(ErrorKind::kUsage,
                  "no two words of the vocabulary stand near each other in the corpus; give more "
                  "text, a lower --min-count or a larger --window");
    }
    return TrainAndKeep(std::move(*counted));
  });
}

std::optional<train::CountedCorpus> GloveRun::ReadCounts() {
  train::CountedCorpus counted = train::ReadCountsFile(request_.glove->counts);
  // What was settled by counting is told of as if it had been asked for.
  request_.corpus.tokenizer = counted.facts.tokenizer;
  request_.corpus.min_count = counted.facts.min_count;
  request_.corpus.max_vocabulary = counted.facts.max_vocabulary;
  request_.glove->options.window_radius = counted.facts.window_radius;
  session_.events().Add("corpus", CorpusJson(request_, counted.corpus));
  CheckGloveMemory(counted.corpus.vocabulary.size(), options());
  TellOfCounts(counted.counts);
  return counted;
}

std::optional<train::CountedCorpus> GloveRun::CountCorpus() {
  std::optional<train::EncodedCorpus> corpus = session_.ReadCorpus();
  if (!corpus) return std::nullopt;
  const std::size_t word_count = corpus->vocabulary.size();
  CheckGloveMemory(word_count, options());
  CheckTrainingDisk(word_count, request_);
  train::CountedCorpus counted;
  {
    ProgressDisplay display(session_.console(), "counting", session_.form());
    const auto show = [&](double fraction) {
      display.Update(fraction, "pairs of " + Counted(word_count, "word", "words"));
    };
    counted.counts =
        train::CountPairs(corpus->ids.ids(), word_count, options(), show, session_.stop());
  }
  if (session_.stop()) return std::nullopt;
  corpus->ids = train::IdSequence("", 0);
  counted.corpus = std::move(*corpus);
  counted.facts = {request_.corpus.tokenizer, request_.corpus.min_count,
                   request_.corpus.max_vocabulary, options().window_radius};
  TellOfCounts(counted.counts);
  if (kept_counts_) {
    train::WriteCountsFile(*kept_counts_, counted.corpus, counted.facts, counted.counts);
  }
  return counted;
}

void GloveRun::TellOfCounts(const train::PairCounts& counts) {
  session_.events().Add("counts", {{"pairs", counts.pair_count()},
                                   {"bytes", counts.byte_count()},
                                   {"seconds", JsonNumber(session_.Seconds())}});
  if (request_.quiet) return;
  session_.console().Note("counted " + Counted(counts.pair_count(), "pair", "pairs") +
                          " of words, " + HumanBytes(counts.byte_count()));
}

int GloveRun::TrainAndKeep(train::CountedCorpus counted) {
  const std::size_t word_count = counted.corpus.vocabulary.size();
  CheckTrainingDisk(word_count, request_);
  // The counts are gone before the rows are there.
  const std::uint64_t beside =
      std::max(train::GloveStateBytes(word_count, options()), counted.counts.byte_count());
  const train::TrainingTiles tiles(
      counted.counts, options(), options().memory_bytes - std::min(options().memory_bytes, beside),
      session_.stop());
  counted.counts = {};
  if (session_.stop()) {
    return session_.GiveUp("nothing was learnt yet; nothing is written");
  }
  train::GloveState state = train::InitialGloveState(word_count, options());
  bool is_whole = false;
  {
    ProgressDisplay display(session_.console(), "training", session_.form());
    is_whole = train::GloveTrainer(tiles, options())
                   .TrainUntil(
                       options().epoch_count, state,
                       [&](const train::GloveProgress& each) { ShowProgress(each, display); },
                       session_.stop());
  }
  if (state.records_trained == 0) {
    return session_.GiveUp("nothing was learnt yet; nothing is written");
  }
  const std::string provenance = GloveProvenance(request_, CorpusJson(request_, counted.corpus),
                                                 state, !is_whole, session_.Seconds());
  EmbeddingTable table;
  table.vocabulary = std::move(counted.corpus.vocabulary);
  table.rows = train::VectorsOf(state, request_.glove->vectors, options());
  if (request_.glove->keeps_contexts) {
    table.output_rows = train::VectorsOf(state, train::GloveVectors::kContext, options());
  }
  const int epoch = std::min(static_cast<int>(state.epoch_losses.size()) + (is_whole ? 0 : 1),
                             options().epoch_count);
  session_.Write(table, provenance);
  return session_.End({state.epoch_losses, epoch, state.records_trained, "records", !is_whole});
}

void GloveRun::ShowProgress(const train::GloveProgress& progress, ProgressDisplay& display) {
  session_.events().Add("progress",
                        {{"epoch", progress.epoch},
                         {"fraction", JsonNumber(progress.fraction_done)},
                         {"records", progress.records_done},
                         {"records_per_second", JsonNumber(progress.records_per_second)},
                         {"loss", JsonNumber(progress.loss)},
                         {"seconds", JsonNumber(session_.Seconds())}});
  std::string state = "epoch " + std::to_string(progress.epoch) + "/" +
                      std::to_string(options().epoch_count) + ", " +
                      HumanQuantity(progress.records_per_second) + " records/s";
  if (std::isfinite(progress.loss)) state += ", loss " + FixedPoint(progress.loss, 4);
  display.Update(progress.fraction_done, state);
}

}  // namespace wordkin::cli
