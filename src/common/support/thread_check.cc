#include "common/support/thread_check.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/support/error.h"

namespace wordkin {

void RequireThreads(int thread_count) {
  std::mutex mutex;
  std::condition_variable released;
  bool is_released = false;
  bool is_refused = false;
  std::vector<std::jthread> threads;
  threads.reserve(static_cast<std::size_t>(thread_count));
  try {
    // All alive at once, beside the calling one.
    for (int i = 1; i < thread_count; ++i) {
      threads.emplace_back([&] {
        std::unique_lock lock(mutex);
        released.wait(lock, [&] { return is_released; });
      });
    }
  } catch (const std::exception&) {  // no thread, or no memory for one
    is_refused = true;
  }
  const std::size_t granted = threads.size() + 1;
  {
    const std::lock_guard lock(mutex);
    is_released = true;
  }
  released.notify_all();
  threads.clear();
  if (is_refused) {
    throw Error(ErrorKind::kInputOutput,
                "cannot start " + std::to_string(thread_count) + " threads: the system grants " +
                    std::to_string(granted) + "; ask for fewer with --threads");
  }
}

}  // namespace wordkin
