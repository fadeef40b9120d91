#include <algorithm>
#include <type_traits>

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

// Output rows handled together: two predictions with five negatives each. The steps of six alone
// wait for each other most of the time.
inline constexpr int kHiddenTile = 12;

// Calls 'visit' with the columns that begin a part of the rows, and as a constant how many vectors
// the part has: each row's pointer then serves four at once.
template <class Visit>
HWY_INLINE void ForEachPart(std::size_t stride, const Visit& visit) {
  std::size_t column = 0;
  for (; column + 4 * kLanes <= stride; column += 4 * kLanes) {
    visit(column, std::integral_constant<int, 4>());
  }
  for (; column < stride; column += kLanes) visit(column, std::integral_constant<int, 1>());
}

// before = after = the mean of 'rows'.
HWY_INLINE void MeanOfRows(std::span<float* const> rows, std::size_t stride, float* before,
                           float* after) {
  const FloatTag tag;
  const FloatVector share = hn::Set(tag, 1.0f / static_cast<float>(rows.size()));
  ForEachPart(stride, [&](std::size_t begin, auto vectors) {
    FloatVector sums[vectors()];
    for (int v = 0; v < vectors(); ++v) sums[v] = hn::Zero(tag);
    for (const float* const row : rows) {
      for (int v = 0; v < vectors(); ++v) {
        sums[v] = hn::Add(sums[v], hn::Load(tag, row + begin + v * kLanes));
      }
    }
    for (int v = 0; v < vectors(); ++v) {
      const FloatVector mean = hn::Mul(sums[v], share);
      hn::Store(mean, tag, before + begin + v * kLanes);
      hn::Store(mean, tag, after + begin + v * kLanes);
    }
  });
}

// rows += factor * (after - before)
HWY_INLINE void AddChangeToRows(std::span<float* const> rows, std::size_t stride,
                                const float* before, const float* after, float factor) {
  const FloatTag tag;
  const FloatVector factors = hn::Set(tag, factor);
  ForEachPart(stride, [&](std::size_t begin, auto vectors) {
    FloatVector changes[vectors()];
    for (int v = 0; v < vectors(); ++v) {
      const std::size_t column = begin + v * kLanes;
      changes[v] =
          hn::Mul(factors, hn::Sub(hn::Load(tag, after + column), hn::Load(tag, before + column)));
    }
    for (float* const row : rows) {
      for (int v = 0; v < vectors(); ++v) {
        const std::size_t column = begin + v * kLanes;
        hn::Store(hn::Add(hn::Load(tag, row + column), changes[v]), tag, row + column);
      }
    }
  });
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

// scores[o] = hidden . outputs[o]; 'scores' has room up to a multiple of four.
template <int kOutputs>
HWY_INLINE void ScoreOutputs(const float* hidden, const float* const* outputs, std::size_t stride,
                             float* scores) {
  const FloatTag tag;
  FloatVector sums[kOutputs];
  HWY_UNROLL(12)
  for (int o = 0; o < kOutputs; ++o) sums[o] = hn::Zero(tag);
  for (std::size_t column = 0; column < stride; column += kLanes) {
    const FloatVector values = hn::Load(tag, hidden + column);
    HWY_UNROLL(12)
    for (int o = 0; o < kOutputs; ++o) {
      sums[o] = hn::MulAdd(values, hn::Load(tag, outputs[o] + column), sums[o]);
    }
  }
  constexpr int kLast = kOutputs - 1;
  HWY_UNROLL(3)
  for (int o = 0; o < kOutputs; o += 4) {
    StoreSumsOfLanes(sums[o], sums[std::min(o + 1, kLast)], sums[std::min(o + 2, kLast)],
                     sums[std::min(o + 3, kLast)], scores + o);
  }
}

// Trains the output rows tile by tile on the hidden vector.
HWY_INLINE void TrainHidden(float* hidden, std::span<float* const> outputs,
                            const std::uint8_t* is_positive, RowsToCome rows_to_come,
                            const TileStep& step) {
  while (!outputs.empty()) {
    const auto train = [&](auto count) {
      ScoreOutputs<count()>(hidden, outputs.data(), step.stride, step.scores);
      if (step.loss != nullptr) AddLoss(step.scores, 1, 1, {is_positive, count()}, *step.loss);
      StepsFromScores<count()>(step.scores, 1, is_positive, step.learning_rate);
      UpdateTile<count()>({&hidden, 1}, outputs.data(), step.stride, step.scores, 1, rows_to_come);
      outputs = outputs.subspan(count());
      is_positive += count();
    };
    if (outputs.size() >= kHiddenTile) {
      train(std::integral_constant<int, kHiddenTile>());
    } else {
      WithOutputCount(outputs.size(), train);
    }
    rows_to_come = {};
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
    while (group < step.groups_end) {
      const std::size_t joined = std::min(options.predictions_at_once, step.groups_end - group);
      if (step.is_loss_sample) loss.pair_count += joined;
      const std::size_t first = Share(coming.size(), group - first_group, group_count);
      group += joined;
      const std::size_t last = Share(coming.size(), group - first_group, group_count);
      const std::size_t end = draft.group_ends[group - 1];
      const std::size_t next_end = draft.group_ends[std::min(
          group - 1 + options.predictions_at_once, draft.group_ends.size() - 1)];
      TrainHidden(after, std::span(rows.outputs).subspan(output, end - output),
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
