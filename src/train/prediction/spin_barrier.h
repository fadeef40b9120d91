#pragma once

#include <hwy/cache_control.h>

#include <atomic>
#include <thread>

namespace wordkin::train {

// Holds threads until all have come, many times over, some thousand times a second. It neither
// sleeps, since waking can take longer than the work between two waits, nor spins for long, since
// beside other work that takes the processor from the very thread that is waited for: it yields.
class SpinBarrier {
 public:
  explicit SpinBarrier(int thread_count) : thread_count_(thread_count) {}

  // The last to come calls 'complete' before any goes on.
  template <class Complete>
  void Wait(const Complete& complete) {
    const unsigned turn = turn_.load(std::memory_order_relaxed);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == thread_count_) {
      arrived_.store(0, std::memory_order_relaxed);
      complete();
      turn_.store(turn + 1, std::memory_order_release);
      return;
    }
    for (int spins = 0; turn_.load(std::memory_order_acquire) == turn; ++spins) {
      if (spins < kSpins) {
        hwy::Pause();
      } else {
        std::this_thread::yield();
      }
    }
  }
  void Wait() {
    Wait([] {});
  }

 private:
  static constexpr int kSpins = 1000;  // some ten microseconds

  const int thread_count_;
  std::atomic<int> arrived_{0};
  std::atomic<unsigned> turn_{0};
};

}  // namespace wordkin::train
