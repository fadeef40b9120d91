#include "common/support/parallel_for.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

namespace wordkin {
namespace {

TEST(ParallelFor, CallsEachNumberOnceWhateverTheThreads) {
  for (const int thread_count : {-1, 0, 1, 2, 7, 100}) {
    for (const std::size_t count : {0, 1, 5, 1000}) {
      std::vector<std::atomic<int>> calls(count);
      ParallelFor(count, thread_count, [&](std::size_t i) { ++calls[i]; });
      for (const auto& call : calls) ASSERT_EQ(call, 1);
    }
  }
}

TEST(ParallelFor, WorksOnSeveralThreadsAtOnce) {
  std::atomic<int> arrived{0};
  ParallelFor(2, 2, [&](std::size_t) {
    ++arrived;
    while (arrived < 2) std::this_thread::yield();
  });
  EXPECT_EQ(arrived, 2);
}

TEST(ParallelFor, CarriesOutAnErrorOfAnyThreadAndHandsOutNoMore) {
  using namespace std::chrono_literals;
  for (const int thread_count : {1, 4}) {
    std::atomic<int> calls{0};
    EXPECT_THROW(ParallelFor(100'000, thread_count,
                             [&](std::size_t) {
                               const int call = ++calls;
                               if (call == 3) throw std::runtime_error("thrown");
                               // The one that throws may have to wait for a processor.
                               if (call > 3) std::this_thread::sleep_for(1ms);
                             }),
                 std::runtime_error);
    EXPECT_LT(calls, 100'000);
  }
}

}  // namespace
}  // namespace wordkin
