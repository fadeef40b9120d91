#include "cli/training/glove_counting.h"

#include <utility>

#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "cli/training/training_provenance.h"
#include "common/support/error.h"
#include "train/glove/count_pairs.h"
#include "train/glove/counts_file.h"

namespace wordkin::cli {

GloveCounting::GloveCounting(TrainingRequest& request, TrainingSession& session)
    : request_(request), session_(session) {
  if (!request.glove->keep_counts.empty()) kept_counts_.emplace(request.glove->keep_counts);
}

std::optional<train::EncodedCorpus> GloveCounting::ReadCorpus() {
  if (request_.glove->counts.empty()) return session_.ReadCorpus();
  train::CountedCorpus counted = train::ReadCountsFile(request_.glove->counts);
  // Told of as if it had been asked for.
  request_.corpus.tokenizer = counted.facts.tokenizer;
  request_.corpus.min_count = counted.facts.min_count;
  request_.corpus.max_vocabulary = counted.facts.max_vocabulary;
  options().window_radius = counted.facts.window_radius;
  session_.events().Add("corpus", CorpusJson(request_, counted.corpus));
  read_counts_ = std::move(counted.counts);
  return std::move(counted.corpus);
}

std::unique_ptr<GloveTraining> GloveCounting::Begin(train::EncodedCorpus& corpus) {
  train::RequireTwoWords(corpus.vocabulary);
  CheckGloveMemory(corpus.vocabulary.size(), options());
  CheckTrainingDisk(corpus.vocabulary.size(), request_);
  train::PairCounts counts = read_counts_ ? std::move(*read_counts_) : Count(corpus);
  if (session_.stop()) return nullptr;
  corpus.ids = train::IdSequence("", 0);
  TellOf(counts);
  if (kept_counts_) Keep(corpus, counts);
  if (counts.pair_count() == 0) {
    throw Error(ErrorKind::kUsage,
                "no two words of the vocabulary stand near each other in the corpus; give more "
                "text, a lower --min-count or a larger --window");
  }
  auto training = std::make_unique<GloveTraining>(corpus, std::move(counts), options(),
                                                  request_.output_vectors, session_.stop());
  if (session_.stop()) return nullptr;
  return training;
}

train::PairCounts GloveCounting::Count(const train::EncodedCorpus& corpus) {
  const std::size_t word_count = corpus.vocabulary.size();
  ProgressDisplay display(session_.console(), "counting", session_.form());
  const auto show = [&](double fraction) {
    display.Update(fraction, "pairs of " + Counted(word_count, "word", "words"));
  };
  return train::CountPairs(corpus.ids.ids(), word_count, options(), show, session_.stop());
}

void GloveCounting::Keep(const train::EncodedCorpus& corpus, const train::PairCounts& counts) {
  const train::CountingFacts facts = {request_.corpus.tokenizer, request_.corpus.min_count,
                                      request_.corpus.max_vocabulary, options().window_radius};
  train::WriteCountsFile(*kept_counts_, corpus, facts, counts);
}

void GloveCounting::TellOf(const train::PairCounts& counts) {
  session_.events().Add("counts", {{"pairs", counts.pair_count()},
                                   {"bytes", counts.byte_count()},
                                   {"seconds", JsonNumber(session_.Seconds())}});
  if (request_.quiet) return;
  session_.console().Note("counted " + Counted(counts.pair_count(), "pair", "pairs") +
                          " of words, " + HumanBytes(counts.byte_count()));
}

}  // namespace wordkin::cli
