#include "contextual/encoder/row_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "contextual/encoder/row_kernels.cc"
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

// values[i] = operation(values[i]); the operation may see zeros that belong to no value.
template <typename Operation>
HWY_INLINE void Transform(float* values, std::size_t count, const Operation& operation) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    hn::StoreU(operation(hn::LoadU(d, values + i)), d, values + i);
  }
  if (i == count) return;
  HWY_ALIGN float rest[hn::MaxLanes(FloatTag())] = {};
  std::memcpy(rest, values + i, (count - i) * sizeof(float));
  hn::Store(operation(hn::Load(d, rest)), d, rest);
  std::memcpy(values + i, rest, (count - i) * sizeof(float));
}

// Value of a polynomial in x by Horner's rule, the highest coefficient first.
template <std::size_t kCount>
HWY_INLINE FloatVector Polynomial(FloatVector x, const float (&coefficients)[kCount]) {
  const FloatTag d;
  FloatVector value = hn::Set(d, coefficients[0]);
  for (std::size_t i = 1; i < kCount; ++i) {
    value = hn::MulAdd(value, x, hn::Set(d, coefficients[i]));
  }
  return value;
}

// NaN stays NaN, unlike with Max, which on some instruction sets forgets it.
HWY_INLINE FloatVector AtLeast(float least, FloatVector x) {
  const FloatVector limit = hn::Set(FloatTag(), least);
  return hn::IfThenElse(hn::Lt(x, limit), limit, x);
}

// erf(z) = z P(z^2) / Q(z^2) up to 3.9, beyond which it is 1 in float32; fitted by us to 1.5e-8
// (least squares weighted towards the largest error); 3.3e-7 as computed here. For z >= -3.9.
constexpr float kErfLimit = 3.9f;

HWY_INLINE FloatVector Erf(FloatVector z) {
  constexpr float kNumerator[] = {2.050381796356149e-06f, 0.0002874533811591417f,
                                  0.003836778176188735f,  0.05296661362941837f,
                                  0.19193896223432105f,   1.1283790324638938f};
  constexpr float kDenominator[] = {3.8230480909161816e-05f, 0.0011817074954331656f,
                                    0.01510901063451578f,    0.11475732415075086f,
                                    0.5034332554198245f,     1.0f};
  const FloatTag d;
  const FloatVector clamped = hn::Min(z, hn::Set(d, kErfLimit));
  const FloatVector square = hn::Mul(clamped, clamped);
  return hn::Div(hn::Mul(clamped, Polynomial(square, kNumerator)),
                 Polynomial(square, kDenominator));
}

// Both gelus are 0 from some point on, where a rounding error of 1 + erf or an overflow would be
// multiplied by x: they are cut there.
HWY_INLINE FloatVector Gelu(FloatVector unlimited) {
  const FloatTag d;
  const FloatVector x = AtLeast(-kErfLimit * 1.4142135623730951f, unlimited);
  const FloatVector half = hn::Mul(x, hn::Set(d, 0.5f));
  return hn::MulAdd(half, Erf(hn::Mul(x, hn::Set(d, 0.70710678118654752f))), half);
}

// 0.5 x (1 + tanh(u)) = x / (1 + exp(-2u)), u = sqrt(2 / pi) (x + 0.044715 x^3)
HWY_INLINE FloatVector GeluTanh(FloatVector unlimited) {
  const FloatTag d;
  const FloatVector x = AtLeast(-10.0f, unlimited);
  const FloatVector cubic = hn::MulAdd(hn::Mul(hn::Mul(x, x), x), hn::Set(d, 0.044715f), x);
  const FloatVector exponent = hn::Mul(cubic, hn::Set(d, -1.5957691216057308f));
  return hn::Div(x, hn::Add(hn::Set(d, 1.0f), hn::Exp(d, exponent)));  // exponent is below 88
}

void ActivateKernel(Activation activation, float* values, std::size_t count) {
  switch (activation) {
    case Activation::kGelu:
      return Transform(values, count, [](FloatVector x) HWY_ATTR { return Gelu(x); });
    case Activation::kGeluTanh:
      return Transform(values, count, [](FloatVector x) HWY_ATTR { return GeluTanh(x); });
    case Activation::kRelu:
      return Transform(values, count, [](FloatVector x) HWY_ATTR { return AtLeast(0.0f, x); });
  }
}

// Sum of term(values[i]), where term(0) need not be 0.
template <typename Term>
HWY_INLINE float Sum(const float* values, std::size_t count, const Term& term) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  FloatVector sum0 = hn::Zero(d), sum1 = sum0;
  std::size_t i = 0;
  for (; i + 2 * lanes <= count; i += 2 * lanes) {
    sum0 = hn::Add(sum0, term(hn::LoadU(d, values + i)));
    sum1 = hn::Add(sum1, term(hn::LoadU(d, values + i + lanes)));
  }
  float sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(sum0, sum1)));
  for (; i < count; ++i) sum += hn::GetLane(term(hn::Set(d, values[i])));
  return sum;
}

// What a norm multiplies by. Where the squares overflow it is NaN, and not the 0 by which the row
// would look sound.
float NormFactor(float squares, std::size_t dimension, float epsilon) {
  if (!std::isfinite(squares)) return std::numeric_limits<float>::quiet_NaN();
  return 1.0f / std::sqrt(squares / static_cast<float>(dimension) + epsilon);
}

void NormalizeLayerKernel(const float* input, std::size_t row_count, std::size_t dimension,
                          const float* gain, const float* bias, float epsilon, float* output) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t row = 0; row < row_count; ++row) {
    const float* const from = input + row * dimension;
    float* const to = output + row * dimension;
    const float mean = Sum(from, dimension, [](FloatVector x) HWY_ATTR { return x; }) /
                       static_cast<float>(dimension);
    const FloatVector means = hn::Set(d, mean);
    const float squares = Sum(from, dimension, [means](FloatVector x) HWY_ATTR {
      const FloatVector centred = hn::Sub(x, means);
      return hn::Mul(centred, centred);
    });
    const float factor = NormFactor(squares, dimension, epsilon);
    const FloatVector factors = hn::Set(d, factor);
    std::size_t i = 0;
    for (; i + lanes <= dimension; i += lanes) {
      const FloatVector scaled = hn::Mul(hn::Sub(hn::LoadU(d, from + i), means), factors);
      hn::StoreU(hn::MulAdd(scaled, hn::LoadU(d, gain + i), hn::LoadU(d, bias + i)), d, to + i);
    }
    for (; i < dimension; ++i) to[i] = (from[i] - mean) * factor * gain[i] + bias[i];
  }
}

void NormalizeRootMeanSquareKernel(const float* input, std::size_t row_count, std::size_t dimension,
                                   const float* gain, float epsilon, float* output) {
  for (std::size_t row = 0; row < row_count; ++row) {
    const float* const from = input + row * dimension;
    float* const to = output + row * dimension;
    const float squares =
        Sum(from, dimension, [](FloatVector x) HWY_ATTR { return hn::Mul(x, x); });
    const float factor = NormFactor(squares, dimension, epsilon);
    for (std::size_t i = 0; i < dimension; ++i) to[i] = from[i] * factor * gain[i];
  }
}

// The least and the largest value, zero among them.
HWY_INLINE void FindRange(const float* values, std::size_t count, float& least, float& largest) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  FloatVector low = hn::Zero(d), high = low;
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const FloatVector value = hn::LoadU(d, values + i);
    low = hn::Min(low, value);
    high = hn::Max(high, value);
  }
  least = hn::GetLane(hn::MinOfLanes(d, low));
  largest = hn::GetLane(hn::MaxOfLanes(d, high));
  for (; i < count; ++i) {
    least = std::min(least, values[i]);
    largest = std::max(largest, values[i]);
  }
}

void QuantizeRowsKernel(const float* input, std::size_t row_count, std::size_t dimension,
                        std::uint8_t* output, RowScale* scales) {
  const FloatTag d;
  const hn::Rebind<std::int32_t, FloatTag> whole;
  const hn::Rebind<std::uint8_t, FloatTag> bytes;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t row = 0; row < row_count; ++row) {
    const float* const from = input + row * dimension;
    std::uint8_t* const to = output + row * dimension;
    float least, largest;
    FindRange(from, dimension, least, largest);
    const float scale = std::max((largest - least) / 255.0f, 1e-30f);
    const float zero = std::nearbyint(-least / scale);
    // NaN, of a row of nothing else, would be no whole number: that the scale is NaN is enough.
    scales[row] = {scale, static_cast<std::int32_t>(std::max(0.0f, zero))};
    const FloatVector inverse = hn::Set(d, 1.0f / scale), shift = hn::Set(d, zero);
    std::size_t i = 0;
    for (; i + lanes <= dimension; i += lanes) {
      const auto rounded = hn::NearestInt(hn::MulAdd(hn::LoadU(d, from + i), inverse, shift));
      hn::StoreU(hn::DemoteTo(bytes, hn::Max(rounded, hn::Zero(whole))), bytes, to + i);
    }
    for (; i < dimension; ++i) {
      const float rounded = std::nearbyint(from[i] * (1.0f / scale) + zero);
      to[i] = static_cast<std::uint8_t>(std::clamp(rounded, 0.0f, 255.0f));
    }
  }
}

void QuantizeWeightsKernel(const float* weights, std::size_t row_count, std::size_t dimension,
                           float limit, std::int8_t* output, float* scales, std::int32_t* sums) {
  const FloatTag d;
  const hn::Rebind<std::int32_t, FloatTag> whole;
  const hn::Rebind<std::int8_t, FloatTag> bytes;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t row = 0; row < row_count; ++row) {
    const float* const from = weights + row * dimension;
    std::int8_t* const to = output + row * dimension;
    float least, largest;
    FindRange(from, dimension, least, largest);
    const float scale = std::max(std::max(largest, -least) / limit, 1e-30f);
    const FloatVector inverse = hn::Set(d, 1.0f / scale);
    auto sum = hn::Zero(whole);
    std::size_t i = 0;
    for (; i + lanes <= dimension; i += lanes) {
      const auto rounded = hn::NearestInt(hn::Mul(hn::LoadU(d, from + i), inverse));
      sum = hn::Add(sum, rounded);
      hn::StoreU(hn::DemoteTo(bytes, rounded), bytes, to + i);
    }
    std::int32_t total = hn::GetLane(hn::SumOfLanes(whole, sum));
    for (; i < dimension; ++i) {
      to[i] = static_cast<std::int8_t>(std::nearbyint(from[i] * (1.0f / scale)));
      total += to[i];
    }
    scales[row] = scale;
    sums[row] = total;
  }
}

template <bool kAdds>
HWY_INLINE void DequantizeRow(const std::int32_t* products, std::size_t dimension, RowScale row,
                              const ColumnScales& columns, float* output) {
  const FloatTag d;
  const hn::Rebind<std::int32_t, FloatTag> whole;
  const std::size_t lanes = hn::Lanes(d);
  const auto zero = hn::Set(whole, row.zero);
  const FloatVector scale = hn::Set(d, row.scale);
  std::size_t i = 0;
  for (; i + lanes <= dimension; i += lanes) {
    const auto sum =
        hn::Sub(hn::LoadU(whole, products + i), hn::Mul(zero, hn::LoadU(whole, columns.sums + i)));
    FloatVector base = columns.bias == nullptr ? hn::Zero(d) : hn::LoadU(d, columns.bias + i);
    if (kAdds) base = hn::Add(base, hn::LoadU(d, output + i));
    const FloatVector factor = hn::Mul(scale, hn::LoadU(d, columns.scales + i));
    hn::StoreU(hn::MulAdd(hn::ConvertTo(d, sum), factor, base), d, output + i);
  }
  for (; i < dimension; ++i) {
    const float base = (columns.bias == nullptr ? 0 : columns.bias[i]) + (kAdds ? output[i] : 0);
    output[i] = static_cast<float>(products[i] - row.zero * columns.sums[i]) *
                    (row.scale * columns.scales[i]) +
                base;
  }
}

void DequantizeProductsKernel(const std::int32_t* products, std::size_t row_count,
                              std::size_t dimension, const RowScale* rows,
                              const ColumnScales& columns, bool adds, float* output) {
  for (std::size_t row = 0; row < row_count; ++row) {
    const std::size_t begin = row * dimension;
    if (adds) {
      DequantizeRow<true>(products + begin, dimension, rows[row], columns, output + begin);
    } else {
      DequantizeRow<false>(products + begin, dimension, rows[row], columns, output + begin);
    }
  }
}

void MultiplyByKernel(float* values, const float* factors, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) values[i] *= factors[i];
}

}  // namespace HWY_NAMESPACE
}  // namespace wordkin::contextual
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace wordkin::contextual {

HWY_EXPORT(NormalizeLayerKernel);
HWY_EXPORT(NormalizeRootMeanSquareKernel);
HWY_EXPORT(ActivateKernel);
HWY_EXPORT(MultiplyByKernel);
HWY_EXPORT(QuantizeRowsKernel);
HWY_EXPORT(QuantizeWeightsKernel);
HWY_EXPORT(DequantizeProductsKernel);

void NormalizeLayer(const float* input, std::size_t row_count, std::size_t dimension,
                    const float* gain, const float* bias, float epsilon, float* output) {
  HWY_DYNAMIC_DISPATCH(NormalizeLayerKernel)
  (input, row_count, dimension, gain, bias, epsilon, output);
}

void NormalizeRootMeanSquare(const float* input, std::size_t row_count, std::size_t dimension,
                             const float* gain, float epsilon, float* output) {
  HWY_DYNAMIC_DISPATCH(NormalizeRootMeanSquareKernel)
  (input, row_count, dimension, gain, epsilon, output);
}

void Activate(Activation activation, float* values, std::size_t count) {
  HWY_DYNAMIC_DISPATCH(ActivateKernel)(activation, values, count);
}

void MultiplyBy(float* values, const float* factors, std::size_t count) {
  HWY_DYNAMIC_DISPATCH(MultiplyByKernel)(values, factors, count);
}

void QuantizeRows(const float* input, std::size_t row_count, std::size_t dimension,
                  std::uint8_t* output, RowScale* scales) {
  HWY_DYNAMIC_DISPATCH(QuantizeRowsKernel)(input, row_count, dimension, output, scales);
}

void QuantizeWeights(const float* weights, std::size_t row_count, std::size_t dimension,
                     float limit, std::int8_t* output, float* scales, std::int32_t* sums) {
  HWY_DYNAMIC_DISPATCH(QuantizeWeightsKernel)
  (weights, row_count, dimension, limit, output, scales, sums);
}

void DequantizeProducts(const std::int32_t* products, std::size_t row_count, std::size_t dimension,
                        const RowScale* rows, const ColumnScales& columns, bool adds,
                        float* output) {
  HWY_DYNAMIC_DISPATCH(DequantizeProductsKernel)
  (products, row_count, dimension, rows, columns, adds, output);
}

}  // namespace wordkin::contextual
#endif  // HWY_ONCE
