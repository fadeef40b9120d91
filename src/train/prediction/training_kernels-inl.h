// The arithmetic of one prediction, compiled once per instruction set: included by pair_training.cc
// and hidden_layer_training.cc between foreach_target.h and their own code.

#if defined(WORDKIN_TRAIN_TRAINING_KERNELS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef WORDKIN_TRAIN_TRAINING_KERNELS_INL_H_
#undef WORDKIN_TRAIN_TRAINING_KERNELS_INL_H_
#else
#define WORDKIN_TRAIN_TRAINING_KERNELS_INL_H_
#endif

#include <hwy/cache_control.h>
#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "common/math/aligned_matrix.h"
#include "train/prediction/draft_training.h"
#include "train/prediction/races_on_purpose.h"

WORDKIN_BEGIN_RACES_ON_PURPOSE
HWY_BEFORE_NAMESPACE();
namespace wordkin::train {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Rows are padded to whole lines of 16 floats, so a capped tag divides them on every target.
using FloatTag = hn::CappedTag<float, 16>;
using FloatVector = hn::Vec<FloatTag>;
inline constexpr std::size_t kLanes = hn::MaxLanes(FloatTag());

// Output rows handled together: the centre and five negatives, the field's usual number.
inline constexpr int kOutputTile = 6;
// Input rows whose dot products are kept in registers at once; 24 of AVX-512's 32, 12 of 16.
inline constexpr int kInputTile = 4;
inline constexpr int kInputStep = HWY_TARGET == HWY_AVX3 || HWY_ARCH_ARM ? 4 : 2;

#if HWY_TARGET == HWY_SCALAR

HWY_INLINE void StoreSumsOfLanes(FloatVector a, FloatVector b, FloatVector c, FloatVector d,
                                 float* sums) {
  sums[0] = hn::GetLane(a);
  sums[1] = hn::GetLane(b);
  sums[2] = hn::GetLane(c);
  sums[3] = hn::GetLane(d);
}

#else

// Adds the 128-bit blocks of a vector.
template <class Tag>
HWY_INLINE hn::Vec<hn::FixedTag<float, 4> > SumOfBlocks(Tag, hn::Vec<Tag> vector) {
  if constexpr (hn::MaxLanes(Tag()) == 4) {
    return vector;
  } else {
    const hn::Half<Tag> half;
    return SumOfBlocks(half, hn::Add(hn::LowerHalf(half, vector), hn::UpperHalf(half, vector)));
  }
}

// Stores the sums of the lanes of four vectors: two rounds of pairwise merging cost 9
// instructions, where four separate sums would cost 32.
HWY_INLINE void StoreSumsOfLanes(FloatVector a, FloatVector b, FloatVector c, FloatVector d,
                                 float* sums) {
  const FloatTag tag;
  const hn::Repartition<std::uint64_t, FloatTag> pairs;
  const auto ab =
      hn::BitCast(pairs, hn::Add(hn::InterleaveLower(tag, a, b), hn::InterleaveUpper(tag, a, b)));
  const auto cd =
      hn::BitCast(pairs, hn::Add(hn::InterleaveLower(tag, c, d), hn::InterleaveUpper(tag, c, d)));
  const auto abcd = hn::Add(hn::BitCast(tag, hn::InterleaveLower(pairs, ab, cd)),
                            hn::BitCast(tag, hn::InterleaveUpper(pairs, ab, cd)));
  hn::StoreU(SumOfBlocks(tag, abcd), hn::FixedTag<float, 4>(), sums);
}

#endif  // HWY_TARGET

// scores[o * score_stride + i] = inputs[i] . outputs[o] for kOutputs rows and kInputs (1 to 4)
// inputs.
template <int kOutputs, int kInputs>
HWY_INLINE void ScoreTile(const float* const* inputs, const float* const* outputs,
                          std::size_t stride, float* scores, std::size_t score_stride) {
  const FloatTag tag;
  FloatVector sums[kOutputs][kInputs];
  HWY_UNROLL(6)
  for (int o = 0; o < kOutputs; ++o) {
    HWY_UNROLL(4)
    for (int i = 0; i < kInputs; ++i) sums[o][i] = hn::Zero(tag);
  }
  for (std::size_t column = 0; column < stride; column += kLanes) {
    FloatVector input[kInputs];
    HWY_UNROLL(4)
    for (int i = 0; i < kInputs; ++i) input[i] = hn::Load(tag, inputs[i] + column);
    HWY_UNROLL(6)
    for (int o = 0; o < kOutputs; ++o) {
      const FloatVector output = hn::Load(tag, outputs[o] + column);
      HWY_UNROLL(4)
      for (int i = 0; i < kInputs; ++i) sums[o][i] = hn::MulAdd(input[i], output, sums[o][i]);
    }
  }
  HWY_UNROLL(6)
  for (int o = 0; o < kOutputs; ++o) {
    float four[4];
    StoreSumsOfLanes(sums[o][0], sums[o][kInputs > 1 ? 1 : 0], sums[o][kInputs > 2 ? 2 : 0],
                     sums[o][kInputs > 3 ? 3 : 0], four);
    HWY_UNROLL(4)
    for (int i = 0; i < kInputs; ++i) scores[o * score_stride + i] = four[i];
  }
}

// Turns scores into steps: step = learning_rate * (label - sigmoid(score)), label 1 in the rows of
// positive outputs, 0 in the others. 'scores' has room up to a multiple of kLanes.
template <int kOutputs>
HWY_INLINE void StepsFromScores(float* scores, std::size_t score_stride,
                                const std::uint8_t* is_positive, float learning_rate) {
  const FloatTag tag;
  const FloatVector one = hn::Set(tag, 1.0f);
  const FloatVector minus_rate = hn::Set(tag, -learning_rate);
  // Beyond 30 the sigmoid is 0 or 1 to float32's last digit; the bound keeps exp in its range.
  const FloatVector bound = hn::Set(tag, 30.0f);
  const std::size_t count = kOutputs * score_stride;
  for (std::size_t i = 0; i < count; i += kLanes) {
    const FloatVector score = hn::Clamp(hn::LoadU(tag, scores + i), hn::Neg(bound), bound);
    const FloatVector sigmoid = hn::Div(one, hn::Add(one, hn::Exp(tag, hn::Neg(score))));
    hn::StoreU(hn::Mul(minus_rate, sigmoid), tag, scores + i);
  }
  for (int o = 0; o < kOutputs; ++o) {
    if (!is_positive[o]) continue;
    for (std::size_t i = 0; i < score_stride; ++i) scores[o * score_stride + i] += learning_rate;
  }
}

// Adds the loss of every (input, output) pair, in nats, to 'loss'.
inline void AddLoss(const float* scores, std::size_t score_stride, std::size_t input_count,
                    std::span<const std::uint8_t> is_positive, LossSample& loss) {
  for (std::size_t o = 0; o < is_positive.size(); ++o) {
    for (std::size_t i = 0; i < input_count; ++i) {
      const double score = scores[o * score_stride + i];
      loss.sum += std::log1p(std::exp(is_positive[o] ? -score : score));
    }
  }
}

// Rows that the steps to come need: fetched during the update, spread over the columns, since all
// at once would fill the line buffers and stall the loads.
struct RowsToCome {
  std::span<float* const> outputs;
  std::span<const float* const> inputs;

  HWY_INLINE void Fetch(std::size_t column) const {
    for (const float* const row : outputs) hwy::Prefetch(row + column);
    for (const float* const row : inputs) hwy::Prefetch(row + column);
  }
};

// outputs[o] += sum over i of steps[o][i] * inputs[i], and inputs[i] += sum over o of steps[o][i] *
// outputs[o], both from the values before; meanwhile fetches rows for later. Of an output row that
// stands in the tile twice the last copy's sum stays.
template <int kOutputs>
HWY_INLINE void UpdateTile(std::span<float* const> inputs, float* const* outputs,
                           std::size_t stride, const float* steps, std::size_t score_stride,
                           const RowsToCome& rows_to_come) {
  const FloatTag tag;
  for (std::size_t column = 0; column < stride; column += kLanes) {
    if (column % AlignedMatrix::kFloatsPerLine == 0) rows_to_come.Fetch(column);
    FloatVector old_output[kOutputs];
    FloatVector new_output[kOutputs];
    HWY_UNROLL(12)
    for (int o = 0; o < kOutputs; ++o) {
      old_output[o] = hn::Load(tag, outputs[o] + column);
      new_output[o] = old_output[o];
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const FloatVector input = hn::Load(tag, inputs[i] + column);
      // Two chains of additions, half the latency of one.
      FloatVector even = input;
      FloatVector odd = hn::Zero(tag);
      HWY_UNROLL(12)
      for (int o = 0; o < kOutputs; ++o) {
        const FloatVector step = hn::Set(tag, steps[o * score_stride + i]);
        FloatVector& half = o % 2 == 0 ? even : odd;
        half = hn::MulAdd(step, old_output[o], half);
        new_output[o] = hn::MulAdd(step, input, new_output[o]);
      }
      hn::Store(hn::Add(even, odd), tag, inputs[i] + column);
    }
    HWY_UNROLL(12)
    for (int o = 0; o < kOutputs; ++o) hn::Store(new_output[o], tag, outputs[o] + column);
  }
}

// Room for the scores of a tile with 'input_count' inputs.
HWY_INLINE float* ScoresFor(std::size_t input_count, TrainingScratch& scratch) {
  const std::size_t needed = kOutputTile * (input_count + kInputTile) + kLanes;
  if (scratch.scores.size() < needed) scratch.scores.resize(needed);
  return scratch.scores.data();
}

inline std::size_t Stride(std::size_t dimension) {
  return RoundUp(dimension, AlignedMatrix::kFloatsPerLine);
}

struct TileStep {
  std::size_t stride;
  float learning_rate;
  float* scores;     // from ScoresFor
  LossSample* loss;  // nullptr: not sampled
};

// Trains kOutputs output rows on all inputs.
template <int kOutputs>
HWY_INLINE void TrainTile(std::span<float* const> inputs, float* const* outputs,
                          const std::uint8_t* is_positive, const RowsToCome& rows_to_come,
                          const TileStep& step) {
  const std::size_t score_stride = (inputs.size() + kInputTile - 1) / kInputTile * kInputTile;
  std::size_t i = 0;
  const auto score = [&](auto input_count) {
    ScoreTile<kOutputs, input_count()>(inputs.data() + i, outputs, step.stride, step.scores + i,
                                       score_stride);
  };
  for (; i + kInputStep <= inputs.size(); i += kInputStep) {
    score(std::integral_constant<int, kInputStep>());
  }
  switch (inputs.size() - i) {
    case 1:
      score(std::integral_constant<int, 1>());
      break;
    case 2:
      score(std::integral_constant<int, 2>());
      break;
    case 3:
      score(std::integral_constant<int, 3>());
      break;
    default:
      break;
  }
  if (step.loss != nullptr) {
    AddLoss(step.scores, score_stride, inputs.size(), {is_positive, kOutputs}, *step.loss);
  }
  StepsFromScores<kOutputs>(step.scores, score_stride, is_positive, step.learning_rate);
  UpdateTile<kOutputs>(inputs, outputs, step.stride, step.scores, score_stride, rows_to_come);
}

// Calls 'train' with min(output_count, kOutputTile) as a constant.
template <class Train>
HWY_INLINE void WithOutputCount(std::size_t output_count, const Train& train) {
  switch (output_count) {
    case 1:
      return train(std::integral_constant<int, 1>());
    case 2:
      return train(std::integral_constant<int, 2>());
    case 3:
      return train(std::integral_constant<int, 3>());
    case 4:
      return train(std::integral_constant<int, 4>());
    case 5:
      return train(std::integral_constant<int, 5>());
    default:
      return train(std::integral_constant<int, kOutputTile>());
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace wordkin::train
HWY_AFTER_NAMESPACE();
WORDKIN_END_RACES_ON_PURPOSE

#endif  // per-target include guard
