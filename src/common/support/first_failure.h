#pragma once

#include <atomic>
#include <exception>
#include <mutex>

namespace wordkin {

// Carries the first exception out of threads or of an OpenMP region, which none may leave by
// itself; the other threads see that they may stop. Thread-safe up to Rethrow.
class FirstFailure {
 public:
  // In a catch block: keeps what is caught there unless something was kept before.
  void Keep() {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
    happened_.store(true, std::memory_order_relaxed);
  }
  bool happened() const { return happened_.load(std::memory_order_relaxed); }

  // When the threads are done: throws what was kept, if anything was.
  void Rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  std::atomic<bool> happened_{false};
  std::mutex mutex_;  // guards failure_
  std::exception_ptr failure_;
};

}  // namespace wordkin
