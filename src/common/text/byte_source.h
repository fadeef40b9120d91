#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace wordkin {

// A stream of bytes.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills 'buffer' from its beginning and returns how many bytes; fewer than asked for only at the
  // end, 0 once it is reached. Throws kInputOutput, or kDamaged for broken compressed data (cut,
  // bad checksum), naming the path.
  virtual std::size_t Read(std::span<char> buffer) = 0;
  // Bytes taken from the file itself so far.
  virtual std::uint64_t file_bytes_read() const = 0;
};

// Opens a file, or standard input for "-", and decompresses gzip and zstd (any number of members
// or frames), recognised by their first bytes. Throws kInputOutput; a folder is refused.
std::unique_ptr<ByteSource> OpenByteSource(const std::string& path);

}  // namespace wordkin
