#include "train/prediction/objective.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "train/prediction/cbow.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep

// Defines what the next one uses.
#include "train/prediction/training_kernels-inl.h"

#include "train/prediction/centre_walk-inl.h"

WORDKIN_BEGIN_RACES_ON_PURPOSE
HWY_BEFORE_NAMESPACE();
namespace wordkin::train {
namespace HWY_NAMESPACE {

// before = after = the mean of 'rows'.
HWY_INLINE void MeanOfRows(std::span<float* const> rows, std::size_t stride, float* before,
                           float* after) {
  const FloatTag tag;
  const FloatVector share = hn::Set(tag, 1.0f / static_cast<float>(rows.size()));
  for (std::size_t column = 0; column < stride; column += kLanes) {
    FloatVector sum = hn::Zero(tag);
    for (const float* const row : rows) sum = hn::Add(sum, hn::Load(tag, row + column));
    const FloatVector mean = hn::Mul(sum, share);
    hn::Store(mean, tag, before + column);
    hn::Store(mean, tag, after + column);
  }
}

// rows += factor * (after - before)
HWY_INLINE void AddChangeToRows(std::span<float* const> rows, std::size_t stride,
                                const float* before, const float* after, float factor) {
  const FloatTag tag;
  const FloatVector factors = hn::Set(tag, factor);
  for (std::size_t column = 0; column < stride; column += kLanes) {
    const FloatVector change =
        hn::Mul(factors, hn::Sub(hn::Load(tag, after + column), hn::Load(tag, before + column)));
    for (float* const row : rows) {
      hn::Store(hn::Add(hn::Load(tag, row + column), change), tag, row + column);
    }
  }
}

void TrainCbowBlock(const SharedModel& model, std::span<const WordId> words, float learning_rate,
                    ThreadState& state) {
  const std::size_t stride = model.input_rows.stride();
  const bool is_corrected = model.options.cbow_gradient == CbowGradient::kCorrected;
  std::vector<float> scores(ScoreBufferSize(1));
  if (state.hidden.row_count() == 0) {
    state.hidden = AlignedMatrix(2, model.input_rows.dimension());
  }
  float* const before = state.hidden.data();
  float* const after = before + stride;
  TileStep step{stride, learning_rate, scores.data(), nullptr};
  ForEachCentre(model, words, state, [&](const Centre& centre) {
    step.loss = centre.is_loss_sample ? &state.loss : nullptr;
    MeanOfRows(centre.inputs, stride, before, after);
    TrainOutputs({&after, 1}, centre.outputs, centre.rows_to_come, step);
    const float share = is_corrected ? 1.0f / static_cast<float>(centre.inputs.size()) : 1.0f;
    AddChangeToRows(centre.inputs, stride, before, after, share);
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace wordkin::train
HWY_AFTER_NAMESPACE();
WORDKIN_END_RACES_ON_PURPOSE

#if HWY_ONCE
namespace wordkin::train {

HWY_EXPORT(TrainCbowBlock);

TrainBlock CbowObjective() { return HWY_DYNAMIC_DISPATCH(TrainCbowBlock); }

}  // namespace wordkin::train
#endif  // HWY_ONCE
