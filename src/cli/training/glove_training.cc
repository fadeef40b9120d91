#include "cli/training/glove_training.h"

#include <algorithm>
#include <utility>

#include "common/support/error.h"

namespace wordkin::cli {
namespace {

// What --memory leaves beside the larger of rows and counts, which are never there together.
std::uint64_t MemoryForRecords(std::size_t word_count, const train::PairCounts& counts,
                               const train::GloveOptions& options) {
  const std::uint64_t beside =
      std::max(train::GloveStateBytes(word_count, options), counts.byte_count());
  return options.memory_bytes - std::min(options.memory_bytes, beside);
}

}  // namespace

GloveTraining::GloveTraining(const train::EncodedCorpus& corpus, train::PairCounts counts,
                             const train::GloveOptions& options,
                             train::OutputVectors output_vectors, const std::atomic<bool>& stop)
    : corpus_(corpus),
      options_(options),
      output_vectors_(output_vectors),
      tiles_(counts, options, MemoryForRecords(corpus.vocabulary.size(), counts, options), stop),
      trainer_(tiles_, options_) {
  if (stop) return;
  counts = {};
  state_ = train::InitialGloveState(corpus.vocabulary.size(), options);
}

void GloveTraining::ShowTable(const std::function<void(const EmbeddingTable&)>& use) {
  EmbeddingTable table = Finish();
  table.vocabulary = corpus_.vocabulary;
  std::swap(table.glove_word_rows, state_.word_rows);
  std::swap(table.glove_context_rows, state_.context_rows);
  const auto put_back = [&] {
    std::swap(table.glove_word_rows, state_.word_rows);
    std::swap(table.glove_context_rows, state_.context_rows);
  };
  try {
    use(table);
  } catch (...) {
    put_back();
    throw;
  }
  put_back();
}

Json GloveTraining::State() const {
  // Numbers as they are, not rounded for reading: the end depends on them bit for bit.
  return {{"records", tiles_.record_count()}, {"losses", state_.epoch_losses},
          {"rounds", state_.rounds_done},     {"loss_sum", state_.loss_sum},
          {"done", state_.records_trained},   {"seconds", state_.elapsed_seconds}};
}

void GloveTraining::Resume(const EmbeddingStore& checkpoint, const Json& state) {
  if (UnsignedAt(state, "records") != tiles_.record_count()) {
    throw Error(ErrorKind::kUsage, "cannot resume from '" + checkpoint.path() +
                                       "': the pairs are not those that it was trained on; count "
                                       "the same text in the same way");
  }
  state_.epoch_losses = state.at("losses").get<std::vector<double>>();
  state_.rounds_done = UnsignedAt(state, "rounds");
  state_.loss_sum = state.at("loss_sum").get<double>();
  state_.records_trained = UnsignedAt(state, "done");
  state_.elapsed_seconds = state.at("seconds").get<double>();
  trainer_.CheckState(state_);
  train::TakeGloveRows(checkpoint, state_);
}

EmbeddingTable GloveTraining::Finish() {
  EmbeddingTable table;
  table.rows = ComposeRows();
  if (output_vectors_ == train::OutputVectors::kBoth) {
    table.output_rows = train::VectorsOf(state_, train::OutputVectors::kContext, options_);
  }
  return table;
}

}  // namespace wordkin::cli
