#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "common/store/store_format.h"

namespace wordkin {

// Header, directory and tail: the frame that holds the sections.

// Checks the whole frame of 'file' and returns its sections in file order: all inside the file,
// none overlapping, none repeated, no byte between them but padding. Throws kDamaged naming 'path'.
std::vector<SectionEntry> ReadDirectory(std::span<const std::byte> file, const std::string& path);

// Header and directory, which begin the file, and the tail, which ends it.
std::vector<std::byte> EncodeDirectory(std::span<const SectionEntry> entries,
                                       std::uint64_t file_size);
std::array<std::byte, kTailBytes> EncodeTail(std::uint64_t file_size);

// Where the next section or the tail begins after 'offset'.
constexpr std::uint64_t AlignSection(std::uint64_t offset) {
  return (offset + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
}

}  // namespace wordkin
