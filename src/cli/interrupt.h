#pragma once

#include <signal.h>

#include <atomic>

namespace wordkin::cli {

// While it lives, Ctrl-C (SIGINT), SIGTERM and SIGHUP set stop(), which is that of Interruption:
// the work looks at it at its next step, and a read that waits for a pipe throws kInterrupted at
// once. A second signal ends the program there and then with exit code 130. One that the caller had
// ignored stays ignored. One guard at a time; without one a signal ends the program as it does any
// other.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  const std::atomic<bool>& stop() const;

 private:
  struct sigaction earlier_interrupt_;
  struct sigaction earlier_terminate_;
  struct sigaction earlier_hang_up_;
};

}  // namespace wordkin::cli
