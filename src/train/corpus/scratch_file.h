#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace wordkin::train {

// A temporary file without a name: it is gone when it is closed, whatever ends the program.
class ScratchFile {
 public:
  // In 'folder'; empty: the system's temporary folder. Throws kInputOutput.
  explicit ScratchFile(std::string folder);
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  // Throws kInputOutput naming the folder and the bytes that it would have to hold.
  void Append(std::span<const std::byte> bytes);
  std::uint64_t size() const { return size_; }
  // Read-only, of the whole file, which is not empty; the caller unmaps it.
  const std::byte* Map() const;
  // Gives the first 'byte_count' bytes back to the disk where the file system can do it.
  void DiscardFront(std::uint64_t byte_count) noexcept;

 private:
  std::string folder_;
  int descriptor_;
  std::uint64_t size_ = 0;
};

}  // namespace wordkin::train
