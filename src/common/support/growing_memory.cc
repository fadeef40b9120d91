#include "common/support/growing_memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <new>
#include <utility>

#include "common/support/round_up.h"

namespace wordkin {
namespace {

constexpr std::size_t kSmallestGrowth = std::size_t{1} << 20;

}  // namespace

GrowingMemory::~GrowingMemory() {
  if (data_ != nullptr) munmap(data_, capacity_);
}

GrowingMemory::GrowingMemory(GrowingMemory&& other) noexcept { *this = std::move(other); }

GrowingMemory& GrowingMemory::operator=(GrowingMemory&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
  return *this;
}

std::span<std::byte> GrowingMemory::Room(std::size_t count) {
  if (capacity_ - size_ < count) {
    if (count > SIZE_MAX / 4 - size_) throw std::bad_alloc();
    const std::size_t wanted = RoundUp(std::max(2 * size_, size_ + count), kSmallestGrowth);
    void* const moved = data_ == nullptr ? mmap(nullptr, wanted, PROT_READ | PROT_WRITE,
                                                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                                         : mremap(data_, capacity_, wanted, MREMAP_MAYMOVE);
    if (moved == MAP_FAILED) throw std::bad_alloc();
    data_ = static_cast<std::byte*>(moved);
    capacity_ = wanted;
  }
  return {data_ + size_, count};
}

}  // namespace wordkin
