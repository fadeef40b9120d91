#include "common/math/vector_kernels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "common/math/vector_kernels.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace wordkin {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

float DotKernel(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b, std::size_t count) {
  const hn::ScalableTag<float> d;
  const std::size_t lanes = hn::Lanes(d);
  // Four chains of additions hide the latency of one.
  auto sum0 = hn::Zero(d), sum1 = sum0, sum2 = sum0, sum3 = sum0;
  std::size_t i = 0;
  for (; i + 4 * lanes <= count; i += 4 * lanes) {
    sum0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), sum0);
    sum1 = hn::MulAdd(hn::LoadU(d, a + i + lanes), hn::LoadU(d, b + i + lanes), sum1);
    sum2 = hn::MulAdd(hn::LoadU(d, a + i + 2 * lanes), hn::LoadU(d, b + i + 2 * lanes), sum2);
    sum3 = hn::MulAdd(hn::LoadU(d, a + i + 3 * lanes), hn::LoadU(d, b + i + 3 * lanes), sum3);
  }
  for (; i + lanes <= count; i += lanes) {
    sum0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), sum0);
  }
  float sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3))));
  for (; i < count; ++i) sum += a[i] * b[i];
  return sum;
}

void AddScaledKernel(float* HWY_RESTRICT target, float factor, const float* HWY_RESTRICT source,
                     std::size_t count) {
  const hn::ScalableTag<float> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto factors = hn::Set(d, factor);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    hn::StoreU(hn::MulAdd(factors, hn::LoadU(d, source + i), hn::LoadU(d, target + i)), d,
               target + i);
  }
  for (; i < count; ++i) target[i] += factor * source[i];
}

}  // namespace HWY_NAMESPACE
}  // namespace wordkin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace wordkin {

HWY_EXPORT(DotKernel);
HWY_EXPORT(AddScaledKernel);

float Dot(std::span<const float> a, std::span<const float> b) {
  return HWY_DYNAMIC_DISPATCH(DotKernel)(a.data(), b.data(), a.size());
}

void AddScaled(std::span<float> target, float factor, std::span<const float> source) {
  HWY_DYNAMIC_DISPATCH(AddScaledKernel)(target.data(), factor, source.data(), target.size());
}

float Normalize(std::span<float> vector) {
  // Scaled by the largest value first, so that neither tiny nor huge vectors lose their direction.
  float largest = 0;
  for (const float value : vector) largest = std::fmax(largest, std::fabs(value));
  if (largest == 0) return 0;
  double sum = 0;
  for (const float value : vector) {
    const double ratio = double{value} / largest;
    sum += ratio * ratio;
  }
  const double length = std::sqrt(sum) * largest;
  for (float& value : vector) value = static_cast<float>(value / length);
  return static_cast<float>(length);
}

std::vector<float> MeanOfRows(const AlignedMatrix& rows) {
  std::vector<float> mean(rows.dimension());
  const float share = 1.0f / static_cast<float>(rows.row_count());
  for (std::size_t row = 0; row < rows.row_count(); ++row) AddScaled(mean, share, rows.Row(row));
  return mean;
}

bool AllFinite(std::span<const float> values) {
  // All bits of the exponent are set; without branches inside a part, so that it is vectorised.
  constexpr std::uint32_t kExponent = 0x7F800000;
  constexpr std::size_t kPart = 4096;
  for (std::size_t begin = 0; begin < values.size(); begin += kPart) {
    std::uint32_t found = 0;
    for (const float value : values.subspan(begin, std::min(kPart, values.size() - begin))) {
      found |= (std::bit_cast<std::uint32_t>(value) & kExponent) == kExponent ? 1u : 0u;
    }
    if (found != 0) return false;
  }
  return true;
}

}  // namespace wordkin
#endif  // HWY_ONCE
