#pragma once

#include <signal.h>

#include <atomic>

namespace wordkin::cli {

// While it lives, Ctrl-C (SIGINT), SIGTERM and SIGHUP set stop(); a second one ends the program
// at once with exit code 130. A signal that the caller had ignored stays ignored. One at a time.
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
