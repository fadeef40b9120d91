#include "cli/interrupt.h"

#include <unistd.h>

#include "cli/exit_codes.h"

namespace wordkin::cli {
namespace {

std::atomic<bool> stop_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler writes it");

void OnSignal(int) {
  if (stop_requested.exchange(true)) ::_exit(kInterrupted);
}

// What was ignored when the program began stays so: the shell starts a job in the background that
// way, and Ctrl-C is then meant for another.
void Install(int signal, const struct sigaction& action, struct sigaction& earlier) {
  ::sigaction(signal, nullptr, &earlier);
  if (earlier.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  stop_requested = false;
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  // Reads of the corpus go on; the work stops at its next block.
  action.sa_flags = SA_RESTART;
  ::sigemptyset(&action.sa_mask);
  Install(SIGINT, action, earlier_interrupt_);
  Install(SIGTERM, action, earlier_terminate_);
  // A terminal that closes: what was learnt is kept, as on Ctrl-C.
  Install(SIGHUP, action, earlier_hang_up_);
}

InterruptGuard::~InterruptGuard() {
  ::sigaction(SIGINT, &earlier_interrupt_, nullptr);
  ::sigaction(SIGTERM, &earlier_terminate_, nullptr);
  ::sigaction(SIGHUP, &earlier_hang_up_, nullptr);
}

const std::atomic<bool>& InterruptGuard::stop() const { return stop_requested; }

}  // namespace wordkin::cli
