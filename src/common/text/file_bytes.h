#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "common/text/byte_source.h"

namespace wordkin {

// The bytes of a file, or of standard input for "-", as they are.
class FileBytes : public ByteSource {
 public:
  // Throws kInputOutput, also for a folder. A pipe that nobody writes to yet is waited for by the
  // first Read().
  explicit FileBytes(const std::string& path);
  ~FileBytes() override;
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  // Throws kInterrupted once an interruption is requested, also while it waits for a pipe.
  std::size_t Read(std::span<char> buffer) override;
  std::uint64_t file_bytes_read() const override { return bytes_read_; }
  // As Read, for the beginning of the file; the next Read yields the same bytes again.
  std::size_t Peek(std::span<char> buffer);
  // As messages call it: 'corpus.txt' in quotes, or standard input.
  const std::string& name() const { return name_; }

 private:
  std::size_t ReadFile(std::span<char> buffer);

  std::string name_;
  int descriptor_;
  bool may_wait_ = false;  // no regular file
  std::string peeked_;
  std::uint64_t bytes_read_ = 0;
};

}  // namespace wordkin
