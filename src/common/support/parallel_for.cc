#include "common/support/parallel_for.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace wordkin {

void ParallelFor(std::size_t count, int thread_count,
                 const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr error;
  const auto take_turns = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      next = count;
      const std::lock_guard lock(mutex);
      if (error == nullptr) error = std::current_exception();
    }
  };
  {
    const std::size_t wanted = std::min(static_cast<std::size_t>(std::max(thread_count, 1)), count);
    std::vector<std::jthread> threads;
    threads.reserve(wanted);
    try {
      while (threads.size() + 1 < wanted) threads.emplace_back(take_turns);
    } catch (const std::system_error&) {
      // Those that there are do the work.
    }
    take_turns();
  }
  if (error != nullptr) std::rethrow_exception(error);
}

}  // namespace wordkin
