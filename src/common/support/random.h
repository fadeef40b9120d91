#pragma once

#include <cstdint>

namespace wordkin {

// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): a 64-bit counter through a mixing function. One
// multiplication chain per draw, equal quality from any seed, so each shard of a run can have its
// own stream, seeded by MixSeeds. Not for secrets. Not thread-safe: one per thread.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Next64() { return Mix(state_ += 0x9E3779B97F4A7C15u); }
  std::uint32_t Next32() { return static_cast<std::uint32_t>(Next64() >> 32); }

  // Uniform in [0, bound), by multiplication (Lemire 2019) without the rejection step: the bias is
  // below bound / 2^32.
  std::uint32_t Below(std::uint32_t bound) {
    return static_cast<std::uint32_t>((std::uint64_t{Next32()} * bound) >> 32);
  }

  // Uniform in [0, 1).
  float NextFloat() { return static_cast<float>(Next64() >> 40) * 0x1p-24f; }

  static constexpr std::uint64_t Mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

// A seed for the stream number 'stream' of a run seeded by 'seed'.
constexpr std::uint64_t MixSeeds(std::uint64_t seed, std::uint64_t stream) {
  return Random::Mix(Random::Mix(seed + 0x9E3779B97F4A7C15u) ^ (stream + 1));
}

}  // namespace wordkin
