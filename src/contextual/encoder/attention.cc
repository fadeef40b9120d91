#include "contextual/encoder/attention.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "common/support/round_up.h"
#include "contextual/encoder/tile_buffer.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "contextual/encoder/attention.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>
// After highway.h.
#include <hwy/contrib/math/math-inl.h>

HWY_BEFORE_NAMESPACE();
namespace wordkin::contextual {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using FloatTag = hn::ScalableTag<float>;
using FloatVector = hn::Vec<FloatTag>;

// Queries that are answered together, so that a key or value is loaded once for all of them.
constexpr std::size_t kQueries = 4;

// The parts of the scratch memory. Lengths are rounded up to whole vectors and filled with zeros.
struct Workspace {
  std::size_t padded_length;     // of a sequence
  std::size_t padded_dimension;  // of a head
  float* keys;                   // (dimension x padded_length): transposed
  const float* values;           // (length x padded_dimension), value_stride apart
  std::size_t value_stride;
  float* scores;   // (kQueries x padded_length)
  float* answers;  // (kQueries x padded_dimension)
};

#if HWY_TARGET != HWY_SCALAR
// Four values of four rows, 'from_stride' apart, to four rows 'to_stride' apart.
HWY_INLINE void TransposeFour(const float* from, std::size_t from_stride, float* to,
                              std::size_t to_stride) {
  const hn::FixedTag<float, 4> d;
  const hn::FixedTag<double, 2> pairs;
  const auto a = hn::LoadU(d, from), b = hn::LoadU(d, from + from_stride);
  const auto c = hn::LoadU(d, from + 2 * from_stride), e = hn::LoadU(d, from + 3 * from_stride);
  const auto ab_low = hn::BitCast(pairs, hn::InterleaveLower(d, a, b));
  const auto ab_high = hn::BitCast(pairs, hn::InterleaveUpper(d, a, b));
  const auto ce_low = hn::BitCast(pairs, hn::InterleaveLower(d, c, e));
  const auto ce_high = hn::BitCast(pairs, hn::InterleaveUpper(d, c, e));
  hn::StoreU(hn::BitCast(d, hn::InterleaveLower(pairs, ab_low, ce_low)), d, to);
  hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(pairs, ab_low, ce_low)), d, to + to_stride);
  hn::StoreU(hn::BitCast(d, hn::InterleaveLower(pairs, ab_high, ce_high)), d, to + 2 * to_stride);
  hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(pairs, ab_high, ce_high)), d, to + 3 * to_stride);
}
#endif

void TransposeKeys(const AttentionHead& head, const Workspace& work) {
  std::size_t row = 0;
#if HWY_TARGET != HWY_SCALAR
  for (; head.dimension % 4 == 0 && row + 4 <= head.length; row += 4) {
    const float* const keys = head.key + row * head.input_stride;
    for (std::size_t i = 0; i < head.dimension; i += 4) {
      TransposeFour(keys + i, head.input_stride, work.keys + i * work.padded_length + row,
                    work.padded_length);
    }
  }
#endif
  for (; row < head.length; ++row) {
    const float* const key = head.key + row * head.input_stride;
    float* const column = work.keys + row;
    for (std::size_t i = 0; i < head.dimension; ++i) column[i * work.padded_length] = key[i];
  }
  for (std::size_t i = 0; i < head.dimension; ++i) {
    float* const end = work.keys + i * work.padded_length;
    std::fill(end + head.length, end + work.padded_length, 0.0f);
  }
}

// Copies value rows to 'padded', with zeros behind them.
const float* PadValues(const AttentionHead& head, std::size_t padded_dimension, float* padded) {
  for (std::size_t row = 0; row < head.length; ++row) {
    float* const value = padded + row * padded_dimension;
    std::memcpy(value, head.value + row * head.input_stride, head.dimension * sizeof(float));
    std::fill(value + head.dimension, value + padded_dimension, 0.0f);
  }
  return padded;
}

Workspace Prepare(const AttentionHead& head) {
  thread_local TileBuffer<float> scratch;
  // Two vectors are the step of both products.
  const std::size_t step = 2 * hn::Lanes(FloatTag());
  Workspace work;
  work.padded_length = RoundUp(head.length, step);
  work.padded_dimension = RoundUp(head.dimension, step);
  work.keys =
      scratch.Reserve(head.dimension * work.padded_length + head.length * work.padded_dimension +
                      kQueries * (work.padded_length + work.padded_dimension));
  work.scores = work.keys + head.dimension * work.padded_length;
  work.answers = work.scores + kQueries * work.padded_length;
  TransposeKeys(head, work);
  const bool is_whole = work.padded_dimension == head.dimension;
  work.values = is_whole ? head.value
                         : PadValues(head, work.padded_dimension,
                                     work.answers + kQueries * work.padded_dimension);
  work.value_stride = is_whole ? head.input_stride : work.padded_dimension;
  return work;
}

// output[q] (two vectors) = sum over i of factors[q][i] * rows[i]; the inner loop of both products
// of attention.
HWY_INLINE void MultiplyBlock(const float* const (&factors)[kQueries], const float* rows,
                              std::size_t row_count, std::size_t row_stride, float* output,
                              std::size_t output_stride) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  FloatVector a0 = hn::Zero(d), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, e0 = a0, e1 = a0;
  const float* const fa = factors[0];
  const float* const fb = factors[1];
  const float* const fc = factors[2];
  const float* const fe = factors[3];
  for (std::size_t i = 0; i < row_count; ++i) {
    const FloatVector x0 = hn::LoadU(d, rows + i * row_stride);
    const FloatVector x1 = hn::LoadU(d, rows + i * row_stride + lanes);
    const FloatVector a = hn::Set(d, fa[i]), b = hn::Set(d, fb[i]);
    const FloatVector c = hn::Set(d, fc[i]), e = hn::Set(d, fe[i]);
    a0 = hn::MulAdd(a, x0, a0);
    a1 = hn::MulAdd(a, x1, a1);
    b0 = hn::MulAdd(b, x0, b0);
    b1 = hn::MulAdd(b, x1, b1);
    c0 = hn::MulAdd(c, x0, c0);
    c1 = hn::MulAdd(c, x1, c1);
    e0 = hn::MulAdd(e, x0, e0);
    e1 = hn::MulAdd(e, x1, e1);
  }
  const auto store = [&](std::size_t query, FloatVector low, FloatVector high) HWY_ATTR {
    hn::StoreU(low, d, output + query * output_stride);
    hn::StoreU(high, d, output + query * output_stride + lanes);
  };
  store(0, a0, a1);
  store(1, b0, b1);
  store(2, c0, c1);
  store(3, e0, e1);
}

// Turns the scores of query 'query' into exp(score - largest), zero from 'visible' on; returns 1 /
// their sum.
HWY_INLINE float Soften(const AttentionHead& head, std::size_t query, std::size_t visible,
                        std::size_t padded, float* scores) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  if (head.distance_bias != nullptr) {
    const float* const bias = head.distance_bias - static_cast<std::ptrdiff_t>(query);
    for (std::size_t key = 0; key < visible; ++key) {
      scores[key] = scores[key] * head.scale + bias[key];
    }
  } else {
    const FloatVector scale = hn::Set(d, head.scale);
    for (std::size_t key = 0; key < padded; key += lanes) {
      hn::StoreU(hn::Mul(hn::LoadU(d, scores + key), scale), d, scores + key);
    }
  }
  std::fill(scores + visible, scores + padded, -std::numeric_limits<float>::max());
  FloatVector largest = hn::LoadU(d, scores);
  for (std::size_t key = lanes; key < padded; key += lanes) {
    largest = hn::Max(largest, hn::LoadU(d, scores + key));
  }
  largest = hn::MaxOfLanes(d, largest);
  const FloatVector least = hn::Set(d, -200.0f);  // exp is 0 there
  FloatVector sum = hn::Zero(d);
  for (std::size_t key = 0; key < padded; key += lanes) {
    const FloatVector power = hn::Max(hn::Sub(hn::LoadU(d, scores + key), largest), least);
    const FloatVector weight = hn::Exp(d, power);
    sum = hn::Add(sum, weight);
    hn::StoreU(weight, d, scores + key);
  }
  return 1.0f / hn::GetLane(hn::SumOfLanes(d, sum));
}

void AttendKernel(const AttentionHead& head, float* output, std::size_t output_stride) {
  const std::size_t step = 2 * hn::Lanes(FloatTag());
  const Workspace work = Prepare(head);
  for (std::size_t first = 0; first < head.length; first += kQueries) {
    // The last block goes over queries again that were answered, rather than behind the end.
    const std::size_t begin = head.length < kQueries ? 0 : std::min(first, head.length - kQueries);
    const std::size_t count = std::min(kQueries, head.length);
    const std::size_t end = head.is_causal ? begin + count : head.length;
    const std::size_t padded = RoundUp(end, hn::Lanes(FloatTag()));
    const float* queries[kQueries];
    const float* weights[kQueries];
    for (std::size_t i = 0; i < kQueries; ++i) {
      // A sequence shorter than a block has its last query answered several times.
      queries[i] = head.query + (begin + std::min(i, count - 1)) * head.input_stride;
      weights[i] = work.scores + i * work.padded_length;
    }
    for (std::size_t column = 0; column < padded; column += step) {
      MultiplyBlock(queries, work.keys + column, head.dimension, work.padded_length,
                    work.scores + column, work.padded_length);
    }
    float factors[kQueries];
    for (std::size_t i = 0; i < count; ++i) {
      factors[i] = Soften(head, begin + i, head.is_causal ? begin + i + 1 : end, padded,
                          work.scores + i * work.padded_length);
    }
    for (std::size_t column = 0; column < work.padded_dimension; column += step) {
      MultiplyBlock(weights, work.values + column, end, work.value_stride, work.answers + column,
                    work.padded_dimension);
    }
    for (std::size_t i = 0; i < count; ++i) {
      float* const to = output + (begin + i) * output_stride;
      const float* const answer = work.answers + i * work.padded_dimension;
      for (std::size_t k = 0; k < head.dimension; ++k) to[k] = answer[k] * factors[i];
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace wordkin::contextual
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace wordkin::contextual {

HWY_EXPORT(AttendKernel);

void Attend(const AttentionHead& head, float* output, std::size_t output_stride) {
  HWY_DYNAMIC_DISPATCH(AttendKernel)(head, output, output_stride);
}

}  // namespace wordkin::contextual
#endif  // HWY_ONCE
