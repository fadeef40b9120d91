#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace wordkin {

// A whole regular file mapped read-only. Movable; the bytes are valid while it lives.
class MappedFile {
 public:
  // Throws kInputOutput when 'path' cannot be opened or is not a regular file. An empty file maps
  // to an empty span.
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;

  std::span<const std::byte> bytes() const { return bytes_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::span<const std::byte> bytes_;
};

}  // namespace wordkin
