#include "cli/interrupt.h"

#include <unistd.h>

#include "cli/exit_codes.h"
#include "common/support/interruption.h"

namespace wordkin::cli {
namespace {

void OnSignal(int) {
  if (Interruption::Request()) ::_exit(kInterrupted);
}

// What was ignored when the program began stays so: the shell starts a job in the background that
// way, and Ctrl-C is then meant for another.
void Install(int signal, const struct sigaction& action, struct sigaction& earlier) {
  ::sigaction(signal, nullptr, &earlier);
  if (earlier.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  Interruption::Clear();
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  // Writes go on: who waits for input is woken by Interruption, and work stops at its next step.
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
  // A shell's next command is not meant.
  Interruption::Clear();
}

const std::atomic<bool>& InterruptGuard::stop() const { return Interruption::requested(); }

}  // namespace wordkin::cli
