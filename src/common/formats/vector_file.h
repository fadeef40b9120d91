#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "common/support/growing_memory.h"
#include "common/support/mapped_file.h"

namespace wordkin {

// The content of another tool's file: mapped, or, when its first bytes are gzip's or zstd's,
// unpacked into memory that grows with what comes. Movable; the content is valid while it lives.
class VectorFile {
 public:
  // Throws kInputOutput when 'path' cannot be opened or is no regular file (a pipe is refused, not
  // waited for) or the memory is not to be had, kDamaged when there is no content or its
  // compression is broken.
  explicit VectorFile(const std::string& path);

  const std::string& path() const { return mapped_.path(); }
  // Whether the file itself is compressed.
  bool is_unpacked() const { return is_unpacked_; }
  std::span<const std::byte> bytes() const {
    return is_unpacked_ ? unpacked_.bytes() : mapped_.bytes();
  }
  std::string_view text() const {
    return {reinterpret_cast<const char*>(bytes().data()), bytes().size()};
  }

 private:
  void Unpack();

  MappedFile mapped_;
  GrowingMemory unpacked_;
  bool is_unpacked_ = false;
};

}  // namespace wordkin
