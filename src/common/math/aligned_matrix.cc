#include "common/math/aligned_matrix.h"

#include <sys/mman.h>

#include <cstdint>
#include <string>
#include <utility>

#include "common/support/error.h"
#include "common/support/memory_fence.h"

namespace wordkin {
namespace {

constexpr std::size_t kHugePageBytes = std::size_t{2} << 20;

}  // namespace

AlignedMatrix::AlignedMatrix(std::size_t row_count, std::size_t dimension)
    : row_count_(row_count), dimension_(dimension), stride_(RoundUp(dimension, kFloatsPerLine)) {
  if (row_count == 0 || dimension == 0) return;
  std::size_t bytes = 0;
  if (dimension > SIZE_MAX / 8 ||
      __builtin_mul_overflow(row_count, stride_ * sizeof(float), &bytes) ||
      bytes > SIZE_MAX - 2 * kHugePageBytes) {
    throw Error(ErrorKind::kInputOutput, "cannot hold " + std::to_string(row_count) + " rows of " +
                                             std::to_string(dimension) +
                                             " values: more than memory can be");
  }
  // One huge page more than needed, so that the rows can start on a huge page's boundary; pages
  // never touched cost nothing.
  mapped_bytes_ = RoundUp(bytes, kHugePageBytes) + kHugePageBytes;
  void* const mapped =
      mmap(nullptr, mapped_bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) {
    throw Error(ErrorKind::kInputOutput, "cannot hold " + std::to_string(row_count) + " rows of " +
                                             std::to_string(dimension) +
                                             " values: " + std::to_string(bytes >> 20) +
                                             " MB of memory are not to be had");
  }
  base_ = mapped;
  data_ =
      reinterpret_cast<float*>(RoundUp(reinterpret_cast<std::uintptr_t>(mapped), kHugePageBytes));
  // Random row visits miss the TLB at every row with 4 KB pages; a refusal costs speed only.
  madvise(data_, RoundUp(bytes, kHugePageBytes), MADV_HUGEPAGE);
  const char* const begin = static_cast<const char*>(base_);
  const char* const rows = reinterpret_cast<const char*>(data_);
  FenceOff(begin, static_cast<std::size_t>(rows - begin));
  FenceOff(rows + bytes, static_cast<std::size_t>(begin + mapped_bytes_ - (rows + bytes)));
}

AlignedMatrix::~AlignedMatrix() {
  if (base_ == nullptr) return;
  TakeFenceAway(base_, mapped_bytes_);
  munmap(base_, mapped_bytes_);
}

AlignedMatrix::AlignedMatrix(AlignedMatrix&& other) noexcept { *this = std::move(other); }

AlignedMatrix& AlignedMatrix::operator=(AlignedMatrix&& other) noexcept {
  std::swap(row_count_, other.row_count_);
  std::swap(dimension_, other.dimension_);
  std::swap(stride_, other.stride_);
  std::swap(data_, other.data_);
  std::swap(base_, other.base_);
  std::swap(mapped_bytes_, other.mapped_bytes_);
  return *this;
}

}  // namespace wordkin
