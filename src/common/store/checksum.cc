#include "common/store/checksum.h"

#include <xxhash.h>

#include <new>

namespace wordkin {

std::uint64_t Checksum(std::span<const std::byte> bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

RunningChecksum::RunningChecksum() : state_(XXH3_createState()) {
  if (state_ == nullptr) throw std::bad_alloc();
  Reset();
}

RunningChecksum::~RunningChecksum() { XXH3_freeState(state_); }

void RunningChecksum::Reset() { XXH3_64bits_reset(state_); }

void RunningChecksum::Update(std::span<const std::byte> bytes) {
  XXH3_64bits_update(state_, bytes.data(), bytes.size());
}

std::uint64_t RunningChecksum::Digest() const { return XXH3_64bits_digest(state_); }

}  // namespace wordkin
