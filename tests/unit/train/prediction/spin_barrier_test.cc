#include "train/prediction/spin_barrier.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace wordkin::train {
namespace {

TEST(SpinBarrier, HoldsAllUntilTheLastHasComeAndCompleted) {
  constexpr int kThreads = 3;
  constexpr int kTurns = 300;
  SpinBarrier barrier(kThreads);
  std::vector<int> turns(kThreads);  // plain ints: the barrier is what orders them
  int completed = 0;
  std::atomic<int> early = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int turn = 1; turn <= kTurns; ++turn) {
        turns[thread] = turn;
        barrier.Wait([&] { ++completed; });
        if (completed != turn) ++early;
        for (const int other : turns) early += other != turn;
        barrier.Wait();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(completed, kTurns);
  EXPECT_EQ(early, 0);
}

}  // namespace
}  // namespace wordkin::train
