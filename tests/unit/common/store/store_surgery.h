#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

#include "common/store/checksum.h"
#include "common/store/little_endian.h"
#include "common/store/store_directory.h"
#include "common/store/store_format.h"

namespace wordkin {

// Changes single fields of a .kin file's bytes and makes the checksums fit again, as somebody does
// who crafts a file on purpose. Offsets are those of docs/store_format.md, by number.
class StoreSurgery {
 public:
  explicit StoreSurgery(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}

  const std::vector<std::byte>& bytes() const { return bytes_; }
  std::vector<std::byte>& bytes() { return bytes_; }

  template <typename Value>
  void SetHeader(std::size_t offset, Value value) {
    Store(std::span(bytes_), offset, value);
  }
  template <typename Value>
  void SetEntry(SectionKind kind, std::size_t offset, Value value) {
    Store(std::span(bytes_), EntryOffset(kind) + offset, value);
  }
  template <typename Value>
  void SetContent(SectionKind kind, std::size_t offset, Value value) {
    Store(Content(kind), offset, value);
  }
  // The stored bytes.
  std::span<std::byte> Content(SectionKind kind) {
    const std::size_t entry = EntryOffset(kind);
    return std::span(bytes_).subspan(Load<std::uint64_t>(bytes_, entry + 16),
                                     Load<std::uint64_t>(bytes_, entry + 24));
  }
  std::size_t EntryOffset(SectionKind kind) const {
    for (std::size_t entry = 64; entry < 64 + SectionCount() * 64; entry += 64) {
      if (Load<std::uint32_t>(bytes_, entry) == static_cast<std::uint32_t>(kind)) return entry;
    }
    throw std::logic_error("no such section");
  }

  // Every checksum whose bytes lie inside the file. 'whole': also the file's size and tail.
  void Repair(bool whole = false) {
    if (bytes_.size() < 64 + 16) return;
    if (whole) {
      SetHeader(16, std::uint64_t{bytes_.size()});
      const auto tail = EncodeTail(bytes_.size());
      std::copy(tail.begin(), tail.end(), bytes_.end() - 16);
    }
    const std::size_t count = std::min(SectionCount(), (bytes_.size() - 64) / 64);
    for (std::size_t entry = 64; entry < 64 + count * 64; entry += 64) {
      const auto offset = Load<std::uint64_t>(bytes_, entry + 16);
      const auto length = Load<std::uint64_t>(bytes_, entry + 24);
      if (offset > bytes_.size() || length > bytes_.size() - offset) continue;
      Store(std::span(bytes_), entry + 40, Checksum(std::span(bytes_).subspan(offset, length)));
    }
    SetHeader(40, Checksum(std::span(bytes_).subspan(64, count * 64)));
    SetHeader(56, Checksum(std::span(bytes_).first(56)));
  }

 private:
  std::size_t SectionCount() const { return Load<std::uint32_t>(bytes_, 12); }

  std::vector<std::byte> bytes_;
};

}  // namespace wordkin
