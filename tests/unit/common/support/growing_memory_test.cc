#include "common/support/growing_memory.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <new>
#include <utility>

namespace wordkin {
namespace {

TEST(GrowingMemory, KeepsWhatWasAppendedWhileItGrows) {
  GrowingMemory memory;
  EXPECT_TRUE(memory.bytes().empty());
  constexpr std::size_t kPiece = 100'000;
  for (int piece = 0; piece < 60; ++piece) {
    std::memset(memory.Room(kPiece).data(), piece, kPiece);
    memory.Append(kPiece);
  }
  ASSERT_EQ(memory.bytes().size(), 60 * kPiece);
  for (int piece = 0; piece < 60; ++piece) {
    EXPECT_EQ(memory.bytes()[static_cast<std::size_t>(piece) * kPiece], std::byte(piece));
  }
  const GrowingMemory moved = std::move(memory);
  EXPECT_EQ(moved.bytes()[kPiece], std::byte(1));
}

TEST(GrowingMemory, SaysThatMemoryIsNotToBeHad) {
  GrowingMemory memory;
  EXPECT_THROW(memory.Room(SIZE_MAX), std::bad_alloc);
  EXPECT_THROW(memory.Room(SIZE_MAX / 8), std::bad_alloc);
  EXPECT_TRUE(memory.bytes().empty());
}

}  // namespace
}  // namespace wordkin
