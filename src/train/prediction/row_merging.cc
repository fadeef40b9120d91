#include "train/prediction/row_merging.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "train/prediction/row_merging.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep

// Defines what the next one uses.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace wordkin::train {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

void Merge(float* row, std::span<const float* const> copies, std::size_t stride, float share) {
  const hn::CappedTag<float, 16> tag;
  const auto shares = hn::Set(tag, share);
  for (std::size_t column = 0; column < stride; column += hn::Lanes(tag)) {
    const auto before = hn::Load(tag, row + column);
    auto change = hn::Zero(tag);
    for (const float* const copy : copies) {
      change = hn::Add(change, hn::Sub(hn::Load(tag, copy + column), before));
    }
    hn::Store(hn::MulAdd(shares, change, before), tag, row + column);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace wordkin::train
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace wordkin::train {

HWY_EXPORT(Merge);

void MergeCopies(float* row, std::span<const float* const> copies, std::size_t stride,
                 float share) {
  HWY_DYNAMIC_DISPATCH(Merge)(row, copies, stride, share);
}

}  // namespace wordkin::train
#endif  // HWY_ONCE
