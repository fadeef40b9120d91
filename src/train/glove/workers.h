#pragma once

#include <cstddef>
#include <functional>

namespace wordkin::train {

// Runs work(worker) for worker = 0 .. worker_count - 1 at once, the first in the calling thread,
// and waits for all. Rethrows the first exception.
void RunWorkers(std::size_t worker_count, const std::function<void(std::size_t worker)>& work);

// Runs work(index, worker) for each index below 'count', handed out in rising order; none is begun
// after an exception, the first of which is rethrown.
void ForEachIndex(std::size_t count, std::size_t worker_count,
                  const std::function<void(std::size_t index, std::size_t worker)>& work);

}  // namespace wordkin::train
