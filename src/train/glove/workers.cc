#include "train/glove/workers.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace wordkin::train {

void RunWorkers(std::size_t worker_count, const std::function<void(std::size_t worker)>& work) {
  std::mutex mutex;
  std::exception_ptr failure;
  const auto guarded = [&](std::size_t worker) {
    try {
      work(worker);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> threads;
    threads.reserve(worker_count);
    for (std::size_t worker = 1; worker < worker_count; ++worker) {
      threads.emplace_back(guarded, worker);
    }
    guarded(0);
  }
  if (failure) std::rethrow_exception(failure);
}

void ForEachIndex(std::size_t count, std::size_t worker_count,
                  const std::function<void(std::size_t index, std::size_t worker)>& work) {
  std::atomic<std::size_t> next{0};
  RunWorkers(std::min(worker_count, std::max<std::size_t>(count, 1)), [&](std::size_t worker) {
    try {
      for (std::size_t index = next++; index < count; index = next++) work(index, worker);
    } catch (...) {
      next = count;
      throw;
    }
  });
}

}  // namespace wordkin::train
