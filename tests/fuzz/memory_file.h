#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace wordkin {

// The input of a fuzz target as a file in memory that has a path, for readers that map files.
class MemoryFile {
 public:
  MemoryFile(const std::uint8_t* data, std::size_t size)
      : descriptor_(memfd_create("fuzz-input", MFD_CLOEXEC)) {
    if (descriptor_ < 0) std::abort();
    for (std::size_t written = 0; written < size;) {
      const auto count = write(descriptor_, data + written, size - written);
      if (count <= 0) std::abort();
      written += static_cast<std::size_t>(count);
    }
    path_ = "/proc/self/fd/" + std::to_string(descriptor_);
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  int descriptor_;
  std::string path_;
};

}  // namespace wordkin
