#include "common/text/murmur_hash.h"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace wordkin {
namespace {

constexpr std::uint64_t kFactor1 = 0x87C37B91114253D5u;
constexpr std::uint64_t kFactor2 = 0x4CF5AD432745937Fu;
constexpr std::size_t kBlockBytes = 16;

// Up to eight bytes as a little-endian number, whatever the machine's order.
std::uint64_t LoadLittleEndian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = std::min<std::size_t>(bytes.size(), 8); i-- > 0;) {
    value = (value << 8) | static_cast<unsigned char>(bytes[i]);
  }
  return value;
}

std::uint64_t ScrambleFirst(std::uint64_t value) {
  return std::rotl(value * kFactor1, 31) * kFactor2;
}

std::uint64_t ScrambleSecond(std::uint64_t value) {
  return std::rotl(value * kFactor2, 33) * kFactor1;
}

std::uint64_t Finish(std::uint64_t value) {
  value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCDu;
  value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53u;
  return value ^ (value >> 33);
}

}  // namespace

std::array<std::uint64_t, 2> MurmurHash3(std::string_view bytes, std::uint32_t seed) {
  const std::uint64_t length = bytes.size();
  std::uint64_t first = seed;
  std::uint64_t second = seed;
  for (; bytes.size() >= kBlockBytes; bytes.remove_prefix(kBlockBytes)) {
    first ^= ScrambleFirst(LoadLittleEndian(bytes));
    first = (std::rotl(first, 27) + second) * 5 + 0x52DCE729;
    second ^= ScrambleSecond(LoadLittleEndian(bytes.substr(8)));
    second = (std::rotl(second, 31) + first) * 5 + 0x38495AB5;
  }
  // Zero bytes scramble to zero, so a tail that is absent changes nothing.
  first ^= ScrambleFirst(LoadLittleEndian(bytes));
  second ^= ScrambleSecond(LoadLittleEndian(bytes.substr(std::min<std::size_t>(bytes.size(), 8))));
  first ^= length;
  second ^= length;
  first += second;
  second += first;
  first = Finish(first);
  second = Finish(second);
  first += second;
  second += first;
  return {first, second};
}

}  // namespace wordkin
