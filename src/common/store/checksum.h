#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

struct XXH3_state_s;

namespace wordkin {

// XXH3, 64 bits, seed 0.
std::uint64_t Checksum(std::span<const std::byte> bytes);

// The same over bytes that come in pieces.
class RunningChecksum {
 public:
  RunningChecksum();
  ~RunningChecksum();
  RunningChecksum(const RunningChecksum&) = delete;
  RunningChecksum& operator=(const RunningChecksum&) = delete;

  void Reset();
  void Update(std::span<const std::byte> bytes);
  std::uint64_t Digest() const;

 private:
  XXH3_state_s* state_;
};

}  // namespace wordkin
