#include "contextual/encoder/weight_memory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

namespace wordkin::contextual {
namespace {

std::span<unsigned char> BytesOf(const std::shared_ptr<void>& memory, std::size_t size) {
  return {static_cast<unsigned char*>(memory.get()), size};
}

TEST(AllocateWeights, GivesZerosOnCacheLinesThatNobodyElseHas) {
  const std::size_t sizes[] = {1, 63, 64, 65, 1000, 100'000};
  std::vector<std::shared_ptr<void>> memories;
  for (const std::size_t size : sizes) {
    memories.push_back(AllocateWeights(size));
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memories.back().get()) % 64, 0u);
    const auto bytes = BytesOf(memories.back(), size);
    EXPECT_TRUE(std::all_of(bytes.begin(), bytes.end(), [](auto byte) { return byte == 0; }));
    std::memset(bytes.data(), static_cast<int>(memories.size()), size);
  }
  for (std::size_t i = 0; i < memories.size(); ++i) {
    const auto bytes = BytesOf(memories[i], sizes[i]);
    EXPECT_TRUE(std::all_of(bytes.begin(), bytes.end(), [&](auto byte) { return byte == i + 1; }));
  }
}

TEST(AllocateWeights, GivesZerosAgainWhereABlockHasGoneBack) {
  for (int i = 0; i < 5; ++i) {
    const std::shared_ptr<void> memory = AllocateWeights(1 << 20);
    const auto bytes = BytesOf(memory, 1 << 20);
    EXPECT_TRUE(std::all_of(bytes.begin(), bytes.end(), [](auto byte) { return byte == 0; }));
    std::memset(bytes.data(), 1, bytes.size());
  }
}

TEST(AllocateWeights, GivesMoreThanABlockToWhatNeedsIt) {
  constexpr std::size_t kSize = (std::size_t{40} << 20) + 3;
  const std::shared_ptr<void> before = AllocateWeights(10), large = AllocateWeights(kSize);
  const std::shared_ptr<void> after = AllocateWeights(10);
  std::memset(large.get(), 7, kSize);
  EXPECT_EQ(BytesOf(before, 10)[9], 0);
  EXPECT_EQ(BytesOf(after, 10)[0], 0);
}

TEST(AllocateWeights, KeepsABlockAsLongAsAPartOfItIsUsed) {
  std::shared_ptr<void> first = AllocateWeights(100);
  const std::shared_ptr<void> second = AllocateWeights(100);
  std::memset(second.get(), 3, 100);
  first.reset();
  for (const unsigned char byte : BytesOf(second, 100)) EXPECT_EQ(byte, 3);
}

TEST(AllocateWeights, ServesSeveralThreads) {
  std::vector<std::vector<std::shared_ptr<void>>> memories(4);
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < memories.size(); ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 200; ++i) {
        memories[thread].push_back(AllocateWeights(4096));
        std::memset(memories[thread].back().get(), static_cast<int>(thread) + 1, 4096);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t thread = 0; thread < memories.size(); ++thread) {
    for (const auto& memory : memories[thread]) {
      const auto bytes = BytesOf(memory, 4096);
      EXPECT_TRUE(
          std::all_of(bytes.begin(), bytes.end(), [&](auto byte) { return byte == thread + 1; }));
    }
  }
}

}  // namespace
}  // namespace wordkin::contextual
