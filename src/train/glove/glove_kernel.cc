#include "train/glove/glove_kernel.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "train/glove/glove_kernel.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>

#include "common/math/aligned_matrix.h"

HWY_BEFORE_NAMESPACE();
namespace wordkin::train {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Rows come in whole lines of 16 floats, so a capped tag divides them on every target.
using FloatTag = hn::CappedTag<float, GloveRowLayout::kLine>;
using FloatVector = hn::Vec<FloatTag>;
constexpr std::size_t kLanes = hn::MaxLanes(FloatTag());
constexpr std::size_t kLine = GloveRowLayout::kLine;

// Records whose logarithms and weights are taken together.
constexpr std::size_t kChunk = 256;
// Rows are fetched this many records ahead.
constexpr std::size_t kAhead = 4;
// As in the original: a single record never pulls harder.
constexpr float kSteepest = 100;

struct Chunk {
  alignas(64) float logarithms[kChunk];
  alignas(64) float weights[kChunk];  // min(1, (count / x_max)^alpha)
};

HWY_INLINE void Prepare(std::span<const PairRecord> records, const GloveWeighting& weighting,
                        Chunk& chunk) {
  const FloatTag tag;
  std::size_t i = 0;
  for (; i < records.size(); ++i) chunk.logarithms[i] = records[i].count;
  for (; i % kLanes != 0; ++i) chunk.logarithms[i] = 1;
  const FloatVector log_x_max = hn::Set(tag, std::log(weighting.x_max));
  const FloatVector alpha = hn::Set(tag, weighting.alpha);
  const FloatVector one = hn::Set(tag, 1.0f);
  for (std::size_t j = 0; j < i; j += kLanes) {
    const FloatVector logarithm = hn::Log(tag, hn::Load(tag, chunk.logarithms + j));
    hn::Store(logarithm, tag, chunk.logarithms + j);
    const FloatVector power = hn::Exp(tag, hn::Mul(alpha, hn::Sub(logarithm, log_x_max)));
    hn::Store(hn::Min(power, one), tag, chunk.weights + j);
  }
}

HWY_INLINE float DotOfRows(const float* word, const float* context, std::size_t line_count) {
  const FloatTag tag;
  // Four chains hide the latency of the additions.
  FloatVector sums[4] = {hn::Zero(tag), hn::Zero(tag), hn::Zero(tag), hn::Zero(tag)};
  std::size_t line = 0;
  const auto add = [&](std::size_t offset, FloatVector& sum) {
    sum = hn::MulAdd(hn::Load(tag, word + offset), hn::Load(tag, context + offset), sum);
  };
  if constexpr (kLanes == kLine) {
    for (; line + 4 <= line_count; line += 4) {
      HWY_UNROLL(4)
      for (std::size_t k = 0; k < 4; ++k) add(2 * kLine * (line + k), sums[k]);
    }
  }
  for (; line < line_count; ++line) {
    HWY_UNROLL(16)
    for (std::size_t k = 0; k < kLine / kLanes; ++k) {
      add(2 * kLine * line + k * kLanes, sums[k % 4]);
    }
  }
  return hn::GetLane(
      hn::SumOfLanes(tag, hn::Add(hn::Add(sums[0], sums[1]), hn::Add(sums[2], sums[3]))));
}

// value -= step / sqrt(sum), then sum += step^2; the root's reciprocal to 12 bits or better, which
// only makes the learning rate a little uneven.
HWY_INLINE void StepLine(FloatVector step, FloatVector value, float* place) {
  const FloatTag tag;
  const FloatVector sum = hn::Load(tag, place + kLine);
  hn::Store(hn::NegMulAdd(step, hn::ApproximateReciprocalSqrt(sum), value), tag, place);
  hn::Store(hn::MulAdd(step, step, sum), tag, place + kLine);
}

// Both rows by the gradient from the values before.
HWY_INLINE void StepRows(float* HWY_RESTRICT word, float* HWY_RESTRICT context, float slope,
                         const GloveTileRows& rows, std::size_t line_count) {
  const FloatTag tag;
  const FloatVector factor = hn::Set(tag, slope);
  for (std::size_t line = 0; line < line_count; ++line) {
    HWY_UNROLL(16)
    for (std::size_t k = 0; k < kLine; k += kLanes) {
      float* const word_place = word + 2 * kLine * line + k;
      float* const context_place = context + 2 * kLine * line + k;
      const FloatVector word_value = hn::Load(tag, word_place);
      const FloatVector context_value = hn::Load(tag, context_place);
      const FloatVector word_rate = hn::Load(tag, rows.word_rates + kLine * line + k);
      const FloatVector context_rate = hn::Load(tag, rows.context_rates + kLine * line + k);
      StepLine(hn::Mul(hn::Mul(factor, word_rate), context_value), word_value, word_place);
      StepLine(hn::Mul(hn::Mul(factor, context_rate), word_value), context_value, context_place);
    }
  }
}

double TrainRecordsOnTarget(const GloveRowLayout& layout, const GloveTileRows& rows,
                            std::span<const PairRecord> records, const GloveWeighting& weighting) {
  const std::size_t row_floats = layout.row_floats();
  const std::size_t line_count = layout.line_count;
  Chunk chunk;
  double loss = 0;
  std::size_t fetched_word = ~std::size_t{0};
  std::size_t fetched_context = ~std::size_t{0};
  for (std::size_t begin = 0; begin < records.size(); begin += kChunk) {
    const std::size_t count = std::min(kChunk, records.size() - begin);
    Prepare(records.subspan(begin, count), weighting, chunk);
    for (std::size_t i = 0; i < count; ++i) {
      if (begin + i + kAhead < records.size()) {
        // One side stays the same for many records: what was just fetched is not fetched again.
        const PairRecord& coming = records[begin + i + kAhead];
        if (coming.word != fetched_word) {
          fetched_word = coming.word;
          PrefetchRow(rows.words + row_floats * coming.word, row_floats);
        }
        if (coming.context != fetched_context) {
          fetched_context = coming.context;
          PrefetchRow(rows.contexts + row_floats * coming.context, row_floats);
        }
      }
      const PairRecord& record = records[begin + i];
      float* const word = rows.words + row_floats * record.word;
      float* const context = rows.contexts + row_floats * record.context;
      const float error = DotOfRows(word, context, line_count) - chunk.logarithms[i];
      const float slope = chunk.weights[i] * error;
      loss += 0.5 * slope * error;
      StepRows(word, context, std::clamp(slope, -kSteepest, kSteepest), rows, line_count);
    }
  }
  return loss;
}

}  // namespace HWY_NAMESPACE
}  // namespace wordkin::train
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace wordkin::train {

HWY_EXPORT(TrainRecordsOnTarget);

double TrainRecords(const GloveRowLayout& layout, const GloveTileRows& rows,
                    std::span<const PairRecord> records, const GloveWeighting& weighting) {
  return HWY_DYNAMIC_DISPATCH(TrainRecordsOnTarget)(layout, rows, records, weighting);
}

}  // namespace wordkin::train
#endif  // HWY_ONCE
