#include "cli/console.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::cli {
namespace {

constexpr std::size_t kBufferBytes = 64 * 1024;

// 0, or the error number of the write that failed.
int WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      // Whoever shares the stream made it non-blocking.
      pollfd writable = {descriptor, POLLOUT, 0};
      ::poll(&writable, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

bool IsSet(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool TerminalIsDumb() {
  const char* terminal = std::getenv("TERM");
  return terminal != nullptr && std::string_view(terminal) == "dumb";
}

std::size_t WidthOf(int descriptor) {
  winsize size = {};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

}  // namespace

Console::Console(int output_descriptor, int error_descriptor)
    : output_descriptor_(output_descriptor),
      error_descriptor_(error_descriptor),
      output_is_terminal_(::isatty(output_descriptor) == 1),
      error_can_redraw_(::isatty(error_descriptor) == 1 && !TerminalIsDumb()) {
  SetColor(ColorChoice::kAuto);
}

void Console::SetColor(ColorChoice choice) {
  if (choice != ColorChoice::kAuto) {
    color_output_ = color_error_ = choice == ColorChoice::kAlways;
    return;
  }
  const bool allowed = !IsSet("NO_COLOR") && !TerminalIsDumb();
  color_output_ = allowed && output_is_terminal_;
  color_error_ = allowed && ::isatty(error_descriptor_) == 1;
}

void Console::Write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kBufferBytes) Flush();
}

void Console::Flush() {
  SendPending();
  const int failure = std::exchange(failure_, 0);
  if (failure == EPIPE) throw ClosedPipe();
  if (failure != 0) throw SystemError("cannot write to standard output", failure);
}

void Console::SendPending() {
  // Taken out first: after a failure nothing is tried again.
  const std::string pending = std::exchange(buffer_, {});
  if (failure_ == 0) failure_ = WriteAll(output_descriptor_, pending);
}

void Console::Note(std::string_view line) {
  SendPending();
  Draw(Printable(line, "\n\t") + "\n");
}

void Console::Complain(std::string_view message) {
  Draw((color_error_ ? "\x1b[1;31mwordkin:\x1b[0m " : "wordkin: ") + Printable(message, "\n\t") +
       "\n");
}

void Console::Draw(std::string_view bytes) { WriteAll(error_descriptor_, bytes); }

std::string Console::Bold(std::string_view text) const {
  return color_output_ ? "\x1b[1m" + std::string(text) + "\x1b[0m" : std::string(text);
}

std::string Console::Dim(std::string_view text) const {
  return color_output_ ? "\x1b[2m" + std::string(text) + "\x1b[0m" : std::string(text);
}

std::optional<std::size_t> Console::output_width() const {
  if (!output_is_terminal_) return std::nullopt;
  return WidthOf(output_descriptor_);
}

std::size_t Console::error_width() const { return WidthOf(error_descriptor_); }

void GuardStandardStreams() {
  // Each is opened for the direction it is not used in, so that using it fails with EBADF.
  constexpr int kModes[] = {O_WRONLY, O_RDONLY, O_WRONLY};
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
      // The lowest free number is this one, since those below are open by now.
      [[maybe_unused]] const int opened = ::open("/dev/null", kModes[descriptor]);
    }
  }
}

}  // namespace wordkin::cli
