#pragma once

#include <cstddef>
#include <functional>

namespace wordkin {

// Calls work(0) ... work(count - 1), each once, on up to 'thread_count' threads, the calling one
// among them; on fewer when the system grants no more. The first exception of any of them ends the
// handing out and is thrown here once all threads are done.
void ParallelFor(std::size_t count, int thread_count, const std::function<void(std::size_t)>& work);

}  // namespace wordkin
