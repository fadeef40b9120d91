#include "common/math/aligned_matrix.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "common/support/error.h"

namespace wordkin {
namespace {

TEST(AlignedMatrix, StartsAtZeroWithEveryRowOnALineBoundary) {
  const AlignedMatrix matrix(7, 17);
  EXPECT_EQ(matrix.row_count(), 7u);
  EXPECT_EQ(matrix.dimension(), 17u);
  EXPECT_EQ(matrix.stride(), 32u);
  for (std::size_t row = 0; row < 7; ++row) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(matrix.Row(row).data()) % 64, 0u);
    EXPECT_EQ(std::ranges::count(matrix.Row(row), 0.0f), 17);
  }
}

TEST(AlignedMatrix, KeepsItsRowsWhenMoved) {
  AlignedMatrix first(3, 5);
  first.Row(2)[4] = 1.5f;
  AlignedMatrix second(std::move(first));
  AlignedMatrix third;
  third = std::move(second);
  EXPECT_EQ(third.Row(2)[4], 1.5f);
  EXPECT_EQ(third.row_count(), 3u);
}

#ifdef __SANITIZE_ADDRESS__
TEST(AlignedMatrix, IsFencedForSanitizers) {
  AlignedMatrix matrix(7, 17);
  EXPECT_DEATH(matrix.Row(7)[0] = 1, "use-after-poison");
}
#endif

TEST(AlignedMatrix, MayBeEmpty) {
  EXPECT_EQ(AlignedMatrix(0, 10).data(), nullptr);
  EXPECT_EQ(AlignedMatrix(10, 0).data(), nullptr);
}

TEST(AlignedMatrix, RefusesSizesBeyondMemoryInsteadOfWrapping) {
  EXPECT_THROW(AlignedMatrix(std::size_t{1} << 62, 64), Error);
  EXPECT_THROW(AlignedMatrix(64, SIZE_MAX - 3), Error);
  EXPECT_THROW(AlignedMatrix((std::size_t{1} << 58) + 1, 16), Error);
}

}  // namespace
}  // namespace wordkin
