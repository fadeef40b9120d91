#include "train/prediction/objective.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "train/prediction/skip_gram.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep

// Defines what the next one uses.
#include "train/prediction/training_kernels-inl.h"

#include "train/prediction/centre_walk-inl.h"

WORDKIN_BEGIN_RACES_ON_PURPOSE
HWY_BEFORE_NAMESPACE();
namespace wordkin::train {
namespace HWY_NAMESPACE {

void TrainSkipGramBlock(const SharedModel& model, std::span<const WordId> words,
                        float learning_rate, ThreadState& state) {
  std::vector<float> scores(ScoreBufferSize(2 * model.options.window_radius));
  TileStep step{model.input_rows.stride(), learning_rate, scores.data(), nullptr};
  ForEachCentre(model, words, state, [&](const Centre& centre) {
    step.loss = centre.is_loss_sample ? &state.loss : nullptr;
    TrainOutputs(centre.inputs, centre.outputs, centre.rows_to_come, step);
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace wordkin::train
HWY_AFTER_NAMESPACE();
WORDKIN_END_RACES_ON_PURPOSE

#if HWY_ONCE
namespace wordkin::train {

HWY_EXPORT(TrainSkipGramBlock);

TrainBlock SkipGramObjective() { return HWY_DYNAMIC_DISPATCH(TrainSkipGramBlock); }

}  // namespace wordkin::train
#endif  // HWY_ONCE
