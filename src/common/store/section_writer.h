#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/store/checksum.h"
#include "common/store/store_format.h"
#include "common/support/atomic_file.h"

namespace wordkin {

// Puts a .kin file together, section after section, in the order in which they are given; keeps
// none of them in memory. Every call throws kInputOutput when the disk fails.
class SectionWriter {
 public:
  // 'file' is empty; 'section_count' sections will follow.
  SectionWriter(AtomicFile& file, std::size_t section_count);

  // A raw section in pieces.
  void Begin(SectionKind kind);
  void Append(std::span<const std::byte> bytes);
  void End();

  void AddRaw(SectionKind kind, std::span<const std::byte> content);
  // As a zstd frame where that is shorter and its kind allows it.
  void AddCompressed(SectionKind kind, std::span<const std::byte> content);
  // Bytes that lie in another file under 'entry'.
  void AddStored(const SectionEntry& entry, std::span<const std::byte> stored);

  // Writes the frame around the sections and commits the file.
  void Finish();

 private:
  void Align();
  void Flush();

  AtomicFile& file_;
  std::size_t section_count_;
  std::vector<SectionEntry> entries_;
  RunningChecksum checksum_;
  std::vector<std::byte> buffer_;
};

}  // namespace wordkin
