#include <algorithm>

#include "train/prediction/draft_training.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "train/prediction/hidden_layer_training.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep

// Defines what the next one uses.
#include "train/prediction/training_kernels-inl.h"

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

// before = after = the mean of rows[i] * weights[i].
HWY_INLINE void MeanOfWeighted(std::span<float* const> rows, std::span<float* const> weights,
                               std::size_t stride, float* before, float* after) {
  const FloatTag tag;
  const FloatVector share = hn::Set(tag, 1.0f / static_cast<float>(rows.size()));
  for (std::size_t column = 0; column < stride; column += kLanes) {
    FloatVector sum = hn::Zero(tag);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      sum = hn::MulAdd(hn::Load(tag, rows[i] + column), hn::Load(tag, weights[i] + column), sum);
    }
    const FloatVector mean = hn::Mul(sum, share);
    hn::Store(mean, tag, before + column);
    hn::Store(mean, tag, after + column);
  }
}

// rows[i] += factor * change * weights[i], and weights[i] += 1 / count * change * rows[i] as it
// was.
HWY_INLINE void AddChangeToWeighted(std::span<float* const> rows, std::span<float* const> weights,
                                    std::size_t stride, const float* before, const float* after,
                                    float factor) {
  const FloatTag tag;
  const FloatVector factors = hn::Set(tag, factor);
  const FloatVector share = hn::Set(tag, 1.0f / static_cast<float>(rows.size()));
  for (std::size_t column = 0; column < stride; column += kLanes) {
    const FloatVector change =
        hn::Sub(hn::Load(tag, after + column), hn::Load(tag, before + column));
    const FloatVector row_change = hn::Mul(factors, change);
    const FloatVector weight_change = hn::Mul(share, change);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const FloatVector row = hn::Load(tag, rows[i] + column);
      const FloatVector weight = hn::Load(tag, weights[i] + column);
      hn::Store(hn::MulAdd(row_change, weight, row), tag, rows[i] + column);
      hn::Store(hn::MulAdd(weight_change, row, weight), tag, weights[i] + column);
    }
  }
}

// The part of 'count' things that the turn 'index' of 'turns' takes: [Share(index),
// Share(index+1)).
HWY_INLINE std::size_t Share(std::size_t count, std::size_t index, std::size_t turns) {
  return count * index / turns;
}

template <bool kIsWeighted>
HWY_INLINE void TrainLayer(const Draft& draft, const DraftRows& rows, const StepOptions& options,
                           TrainingScratch& scratch, LossSample& loss) {
  const std::size_t stride = Stride(options.dimension);
  if (scratch.hidden.row_count() == 0) scratch.hidden = AlignedMatrix(2, options.dimension);
  float* const before = scratch.hidden.data();
  float* const after = before + stride;
  std::size_t input = 0, incoming = 0, group = 0, output = 0;
  for (const Draft::Step& step : draft.steps) {
    const auto inputs = std::span(rows.inputs).subspan(input, step.inputs_end - input);
    const auto coming = std::span(rows.incoming).subspan(incoming, step.incoming_end - incoming);
    const TileStep tile_step = {stride, options.learning_rate, ScoresFor(1, scratch),
                                step.is_loss_sample ? &loss : nullptr};
    std::span<float* const> weights;
    if constexpr (kIsWeighted) {
      weights = std::span(rows.weights).subspan(input, inputs.size());
      MeanOfWeighted(inputs, weights, stride, before, after);
    } else {
      MeanOfRows(inputs, stride, before, after);
    }
    const std::size_t first_group = group;
    const std::size_t group_count = step.groups_end - first_group;
    for (; group < step.groups_end; ++group) {
      const std::size_t end = draft.group_ends[group];
      const std::size_t next_end =
          draft.group_ends[std::min(group + 1, draft.group_ends.size() - 1)];
      const std::size_t first = Share(coming.size(), group - first_group, group_count);
      const std::size_t last = Share(coming.size(), group - first_group + 1, group_count);
      TrainOutputs({&after, 1}, std::span(rows.outputs).subspan(output, end - output),
                   draft.is_positive.data() + output,
                   {std::span(rows.outputs).subspan(end, next_end - end),
                    coming.subspan(first, last - first)},
                   tile_step);
      output = end;
    }
    const float share = options.divides_gradient ? 1.0f / static_cast<float>(inputs.size()) : 1.0f;
    if constexpr (kIsWeighted) {
      AddChangeToWeighted(inputs, weights, stride, before, after, share);
    } else {
      AddChangeToRows(inputs, stride, before, after, share);
    }
    input = step.inputs_end;
    incoming = step.incoming_end;
  }
}

void TrainHiddenLayer(const Draft& draft, const DraftRows& rows, const StepOptions& options,
                      TrainingScratch& scratch, LossSample& loss) {
  TrainLayer<false>(draft, rows, options, scratch, loss);
}

void TrainWeightedLayer(const Draft& draft, const DraftRows& rows, const StepOptions& options,
                        TrainingScratch& scratch, LossSample& loss) {
  TrainLayer<true>(draft, rows, options, scratch, loss);
}

}  // namespace HWY_NAMESPACE
}  // namespace wordkin::train
HWY_AFTER_NAMESPACE();
WORDKIN_END_RACES_ON_PURPOSE

#if HWY_ONCE
namespace wordkin::train {

HWY_EXPORT(TrainHiddenLayer);
HWY_EXPORT(TrainWeightedLayer);

void TrainHiddenLayer(const Draft& draft, const DraftRows& rows, const StepOptions& options,
                      TrainingScratch& scratch, LossSample& loss) {
  HWY_DYNAMIC_DISPATCH(TrainHiddenLayer)(draft, rows, options, scratch, loss);
}

void TrainWeightedLayer(const Draft& draft, const DraftRows& rows, const StepOptions& options,
                        TrainingScratch& scratch, LossSample& loss) {
  HWY_DYNAMIC_DISPATCH(TrainWeightedLayer)(draft, rows, options, scratch, loss);
}

}  // namespace wordkin::train
#endif  // HWY_ONCE
