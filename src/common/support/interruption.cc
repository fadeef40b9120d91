#include "common/support/interruption.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>

#include "common/support/error.h"

namespace wordkin {
namespace {

std::atomic<bool> is_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler writes it");

// Readable while an interruption is requested. A flag alone would not do: a signal ends the wait of
// one thread only, and none that is about to begin. Made at the first call, which is no signal's,
// and after main() saw to the standard streams. -1 where it cannot be had, which poll() ignores.
int WakeDescriptor() {
  static const int descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return descriptor;
}

}  // namespace

bool Interruption::Request() {
  const bool was_requested = is_requested.exchange(true);
  const int error_number = errno;
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(WakeDescriptor(), &one, sizeof(one));
  errno = error_number;
  return was_requested;
}

void Interruption::Clear() {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t taken = ::read(WakeDescriptor(), &count, sizeof(count));
  is_requested = false;
}

const std::atomic<bool>& Interruption::requested() { return is_requested; }

void EndWhenStopped(const std::atomic<bool>& stop) {
  if (stop) throw Error(ErrorKind::kInterrupted, "interrupted; nothing is written");
}

void AwaitInput(int descriptor) {
  std::array<pollfd, 2> waiting = {pollfd{.fd = descriptor, .events = POLLIN, .revents = 0},
                                   pollfd{.fd = WakeDescriptor(), .events = POLLIN, .revents = 0}};
  do {
    EndWhenStopped(is_requested);
  } while (::poll(waiting.data(), waiting.size(), -1) < 0 && errno == EINTR);
  EndWhenStopped(is_requested);
}

}  // namespace wordkin
