#include "common/support/parallel_for.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

#include "common/support/first_failure.h"

namespace wordkin {

void ParallelFor(std::size_t count, int thread_count,
                 const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  FirstFailure failure;
  const auto take_turns = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      next = count;
      failure.Keep();
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
  failure.Rethrow();
}

}  // namespace wordkin
