#include "cli/training/prediction_training.h"

#include "cli/format_settings.h"

namespace wordkin::cli {

void PredictionTraining::ContinueFrom(const EmbeddingStore& store) {
  const bool outputs_are_words =
      loss_ == train::Loss::kNegativeSampling && WordsArePredictions(store);
  trainer_.TakeRows(store, outputs_are_words ? train::TakenRows::kInputsAndOutputs
                                             : train::TakenRows::kInputsOnly);
}

AlignedMatrix PredictionTraining::ComposeRows() {
  AlignedMatrix rows = trainer_.ComposeRows();
  train::AddOutputRows(output_vectors_, trainer_.output_rows(), rows);
  return rows;
}

Json PredictionTraining::State() const {
  const train::TrainingState state = trainer_.state();
  Json losses = Json::array();
  for (const train::LossSample& loss : state.epoch_losses) {
    losses.push_back({loss.sum, loss.pair_count});
  }
  // Numbers as they are, not rounded for reading: the end depends on them bit for bit.
  return {{"position", state.position},
          {"ids_done", state.ids_done},
          {"seconds", state.elapsed_seconds},
          {"position_weights", state.position_weights},
          {"losses", std::move(losses)}};
}

void PredictionTraining::Resume(const EmbeddingStore& checkpoint, const Json& state) {
  train::TrainingState restored;
  restored.position = UnsignedAt(state, "position");
  restored.ids_done = UnsignedAt(state, "ids_done");
  restored.elapsed_seconds = state.at("seconds").get<double>();
  restored.position_weights = state.at("position_weights").get<std::vector<float>>();
  for (const Json& loss : state.at("losses")) {
    restored.epoch_losses.push_back({loss.at(0).get<double>(), loss.at(1).get<std::uint64_t>()});
  }
  trainer_.TakeRows(checkpoint, train::TakenRows::kInputsAndOutputs);
  trainer_.Restore(restored);
}

EmbeddingTable PredictionTraining::Finish() {
  EmbeddingTable table = trainer_.Finish();
  train::SelectVectors(output_vectors_, table);
  return table;
}

}  // namespace wordkin::cli
