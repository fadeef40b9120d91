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
namespace {

// How far one (input, output) pair moves a row towards where it is drawn, at a learning rate of
// one: a rough mean of sigmoid's slope times squared length, and uncritical.
constexpr float kPullOfPair = 0.1f;

}  // namespace

float ShareOfChanges(float visits, std::size_t copy_count, float learning_rate) {
  // Were all visits made in turn, each pulling the row a part of the rest of its way, n times the
  // pull would be pull / (1 + pull) of it.
  const float pull = kPullOfPair * learning_rate * visits;
  return (1 + pull) / (1 + static_cast<float>(copy_count) * pull);
}

HWY_EXPORT(Merge);

void MergeCopies(float* row, std::span<const float* const> copies, std::size_t stride,
                 float share) {
  HWY_DYNAMIC_DISPATCH(Merge)(row, copies, stride, share);
}

}  // namespace wordkin::train
#endif  // HWY_ONCE
