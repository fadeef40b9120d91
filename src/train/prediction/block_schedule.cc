#include "train/prediction/block_schedule.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "common/support/random.h"

namespace wordkin::train {
namespace {

// Windows do not cross blocks, which costs one context in some thousands at the larger size. Short
// corpora get smaller blocks, so that the learning rate still falls in many steps.
constexpr std::size_t kSmallestBlock = 512;
constexpr std::size_t kLargestBlock = 32768;
constexpr std::size_t kBlocksAtLeast = 64;

}  // namespace

BlockSchedule::BlockSchedule(std::size_t id_count, int epoch_count, std::uint64_t seed)
    : id_count_(id_count),
      block_size_(std::clamp(id_count / kBlocksAtLeast, kSmallestBlock, kLargestBlock)) {
  order_.resize((id_count + block_size_ - 1) / block_size_);
  block_count_ = std::uint64_t{order_.size()} * static_cast<std::uint64_t>(epoch_count);
  std::iota(order_.begin(), order_.end(), 0u);
  Random random(MixSeeds(seed, UINT64_MAX));
  for (std::size_t i = order_.size(); i > 1; --i) {
    std::swap(order_[i - 1], order_[random.Below(static_cast<std::uint32_t>(i))]);
  }
}

Block BlockSchedule::At(std::uint64_t sequence) const {
  const std::uint64_t epoch = sequence / order_.size();
  // Every epoch begins elsewhere in the same shuffled order.
  const std::size_t place = (sequence % order_.size() + Random::Mix(epoch)) % order_.size();
  const std::size_t begin = order_[place] * block_size_;
  return {static_cast<int>(epoch), sequence, begin, std::min(begin + block_size_, id_count_),
          static_cast<double>(sequence) / static_cast<double>(block_count_)};
}

}  // namespace wordkin::train
