#include "common/text/file_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "common/support/error.h"
#include "common/support/interruption.h"

namespace wordkin {

FileBytes::FileBytes(const std::string& path)
    : name_(path == "-" ? "standard input" : "'" + path + "'"), descriptor_(STDIN_FILENO) {
  if (path != "-") {
    // O_NONBLOCK: to open a pipe that nobody writes to would wait for ever, which no interruption
    // ends. Reads may wait again: AwaitInput comes before them.
    descriptor_ = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor_ < 0) throw SystemError("cannot open " + name_, errno);
    fcntl(descriptor_, F_SETFL, fcntl(descriptor_, F_GETFL) & ~O_NONBLOCK);
  }
  struct stat status = {};
  const bool is_known = fstat(descriptor_, &status) == 0;
  may_wait_ = is_known && !S_ISREG(status.st_mode);
  if (is_known && S_ISDIR(status.st_mode)) {
    if (descriptor_ != STDIN_FILENO) close(descriptor_);
    throw SystemError("cannot read " + name_, EISDIR);
  }
  posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

FileBytes::~FileBytes() {
  if (descriptor_ != STDIN_FILENO) close(descriptor_);
}

std::size_t FileBytes::ReadFile(std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    EndWhenStopped(Interruption::requested());
    if (may_wait_) AwaitInput(descriptor_);
    const ssize_t count = read(descriptor_, buffer.data() + filled, buffer.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw SystemError("cannot read " + name_, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  return filled;
}

std::size_t FileBytes::Peek(std::span<char> buffer) {
  const std::size_t filled = Read(buffer);
  peeked_.insert(0, buffer.data(), filled);
  bytes_read_ -= filled;
  return filled;
}

std::size_t FileBytes::Read(std::span<char> buffer) {
  const std::size_t from_peeked = std::min(peeked_.size(), buffer.size());
  std::memcpy(buffer.data(), peeked_.data(), from_peeked);
  peeked_.erase(0, from_peeked);
  const std::size_t filled = from_peeked + ReadFile(buffer.subspan(from_peeked));
  bytes_read_ += filled;
  return filled;
}

}  // namespace wordkin
