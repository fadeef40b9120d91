#include "train/prediction/row_merging.h"

#include <cmath>

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
// one: a rough mean of sigmoid's slope times squared length. At 0.1 a vocabulary of some dozen
// words with subwords diverges; the more, the slower frequent rows learn.
constexpr float kPullOfPair = 0.15f;

}  // namespace

float ShareOfChanges(float visits, std::size_t copy_count, float learning_rate) {
  // A copy has gone 1 - exp(-pull) of its way; were the visits of all n copies made in turn, they
  // would have gone 1 - exp(-n pull).
  const float pull = kPullOfPair * learning_rate * visits;
  if (pull == 0) return 1;
  const auto n = static_cast<float>(copy_count);
  return std::expm1(-n * pull) / (n * std::expm1(-pull));
}

HWY_EXPORT(Merge);

void MergeCopies(float* row, std::span<const float* const> copies, std::size_t stride,
                 float share) {
  HWY_DYNAMIC_DISPATCH(Merge)(row, copies, stride, share);
}

}  // namespace wordkin::train
#endif  // HWY_ONCE
