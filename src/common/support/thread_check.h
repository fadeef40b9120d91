#pragma once

namespace wordkin {

// Throws kInputOutput when the system does not grant 'thread_count' threads at this moment. OpenMP
// itself ends the process then, without a word of ours.
void RequireThreads(int thread_count);

}  // namespace wordkin
