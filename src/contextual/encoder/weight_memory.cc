#include "contextual/encoder/weight_memory.h"

#include <algorithm>
#include <mutex>

#include "common/math/aligned_matrix.h"
#include "common/support/round_up.h"

namespace wordkin::contextual {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{32} << 20;  // what is never touched costs nothing
constexpr std::size_t kAlignment = 64;

}  // namespace

std::shared_ptr<void> AllocateWeights(std::size_t byte_count) {
  static std::mutex mutex;
  static std::weak_ptr<AlignedMatrix> current;
  static std::size_t used = 0;  // bytes of it
  const std::lock_guard lock(mutex);
  std::shared_ptr<AlignedMatrix> block = current.lock();
  if (!block || used + byte_count > block->dimension() * sizeof(float)) {
    const std::size_t size = std::max(kBlockBytes, byte_count);
    block = std::make_shared<AlignedMatrix>(1, (size + sizeof(float) - 1) / sizeof(float));
    current = block;
    used = 0;
  }
  void* const bytes = reinterpret_cast<std::byte*>(block->data()) + used;
  used += RoundUp(byte_count, kAlignment);
  return {block, bytes};
}

}  // namespace wordkin::contextual
