#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/store/checksum.h"
#include "common/store/little_endian.h"

namespace wordkin::train {

// Makes the checksums of a counts file (docs/glove.md) fit its bytes, as far as its lengths allow.
inline void RepairCountsFile(std::vector<std::byte>& bytes) {
  constexpr std::size_t kHeader = 176, kEntry = 32;
  if (bytes.size() < kHeader) return;
  const std::span<std::byte> all(bytes);
  const auto word_count = Load<std::uint64_t>(all, 48);
  const auto text_bytes = Load<std::uint64_t>(all, 56);
  const auto block_count = Load<std::uint64_t>(all, 64);
  const std::uint64_t size = bytes.size() - kHeader;
  if (word_count <= size / 12 && text_bytes <= size && block_count <= size / kEntry &&
      word_count * 12 + text_bytes + block_count * kEntry <= size) {
    const std::size_t blocks = kHeader + word_count * 12 + text_bytes;
    const std::size_t rows = blocks + block_count * kEntry;
    std::size_t place = rows;
    for (std::size_t i = 0; i < block_count; ++i) {
      const auto length = Load<std::uint64_t>(all, blocks + i * kEntry + 16);
      if (length > bytes.size() - place) break;
      Store(all, blocks + i * kEntry + 24, Checksum(all.subspan(place, length)));
      place += length;
    }
    Store(all, 160, Checksum(all.subspan(kHeader, rows - kHeader)));
  }
  Store(all, 168, Checksum(all.first(168)));
}

}  // namespace wordkin::train
