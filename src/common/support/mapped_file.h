#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace wordkin {

// A whole regular file mapped read-only. Movable; the bytes are valid while it lives.
class MappedFile {
 public:
  // Throws kInputOutput when 'path' cannot be opened or is not a regular file. An empty file maps
  // to an empty span.
  explicit MappedFile(const std::string& path);
  // The open regular file 'descriptor', which stays the caller's; messages call it 'name'.
  MappedFile(int descriptor, const std::string& name);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;

  std::span<const std::byte> bytes() const { return bytes_; }
  std::string_view text() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }
  const std::string& path() const { return path_; }
  // Whether the path still names this very file, unchanged since it was opened.
  bool IsCurrent() const;

 private:
  // What tells a file from another, and from itself after a change.
  struct Identity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t modified_seconds = 0;
    std::int64_t modified_nanoseconds = 0;
    std::int64_t size = 0;
    bool operator==(const Identity&) const = default;
  };
  static Identity IdentityOf(const struct stat& status);
  void Map(int descriptor);

  std::string path_;
  std::span<const std::byte> bytes_;
  Identity identity_;
};

}  // namespace wordkin
