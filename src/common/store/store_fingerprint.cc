#include "common/store/store_fingerprint.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "common/store/checksum.h"
#include "common/store/little_endian.h"

namespace wordkin {

std::string StoreFingerprint(const EmbeddingStore& store) {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> sections;
  for (const SectionEntry& entry : store.sections()) {
    if (entry.kind == SectionKind::kGraph || entry.kind == SectionKind::kNibblePlane) continue;
    sections.emplace_back(static_cast<std::uint32_t>(entry.kind), entry.checksum);
  }
  std::ranges::sort(sections);
  constexpr std::size_t kBytes = sizeof(std::uint32_t) + sizeof(std::uint64_t);
  std::vector<std::byte> bytes(sections.size() * kBytes);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    Store(std::span(bytes), i * kBytes, sections[i].first);
    Store(std::span(bytes), i * kBytes + sizeof(std::uint32_t), sections[i].second);
  }
  const std::uint64_t checksum = Checksum(bytes);
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) {
    digits += "0123456789abcdef"[checksum >> shift & 15];
  }
  return digits;
}

}  // namespace wordkin
