#include "common/text/ascii_words.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace wordkin {
namespace {

constexpr std::size_t kWidth = sizeof(std::uint64_t);
constexpr std::uint64_t kHighBits = 0x8080808080808080;

constexpr std::uint64_t Repeat(unsigned char byte) { return 0x0101010101010101 * byte; }

// Eight bytes as a number whose lowest byte is the first, and back.
std::uint64_t InByteOrder(std::uint64_t bytes) {
  return std::endian::native == std::endian::little ? bytes : __builtin_bswap64(bytes);
}
std::uint64_t Load(const char* bytes) {
  std::uint64_t number;
  std::memcpy(&number, bytes, kWidth);
  return InByteOrder(number);
}
void Store(std::uint64_t number, char* bytes) {
  number = InByteOrder(number);
  std::memcpy(bytes, &number, kWidth);
}

// How many bytes stand before the first whose high bit is set.
std::size_t BytesBefore(std::uint64_t high_bits) {
  return static_cast<std::size_t>(std::countr_zero(high_bits)) / 8;
}

// High bits where the bytes, all below 0x80, lie in [first, last].
constexpr std::uint64_t InRange(std::uint64_t bytes, char first, char last) {
  const auto at_least = bytes + Repeat(static_cast<unsigned char>(0x80 - first));
  const auto above = bytes + Repeat(static_cast<unsigned char>(0x7F - last));
  return at_least & ~above & kHighBits;
}

}  // namespace

std::size_t EndOfPrintableAscii(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  for (; text.size() - end >= kWidth; end += kWidth) {
    const std::uint64_t bytes = Load(text.data() + end);
    // Exact up to the first byte found, since a borrow only goes on to later ones.
    const std::uint64_t others = ((bytes - Repeat(' ' + 1)) | bytes) & kHighBits;
    if (others != 0) return end + BytesBefore(others);
  }
  while (end < text.size() && static_cast<signed char>(text[end]) > ' ') ++end;
  return end;
}

std::size_t FoldAsciiWord(std::string_view text, std::size_t limit, char* folded) {
  std::size_t length = 0;
  while (length < limit) {
    std::uint64_t bytes = 0;
    const std::size_t left = text.size() - length;
    if (left >= kWidth) {
      bytes = Load(text.data() + length);
    } else {
      char last[kWidth] = {};
      std::memcpy(last, text.data() + length, left);
      bytes = Load(last);
    }
    const std::uint64_t ascii = bytes & ~kHighBits;
    const std::uint64_t letters = InRange(ascii | Repeat(0x20), 'a', 'z') & ~bytes;
    const std::uint64_t digits = InRange(ascii, '0', '9') & ~bytes;
    // The bit that makes a letter small is the high bit moved down by two.
    Store(bytes | (letters >> 2), folded + length);
    const std::uint64_t others = ~(letters | digits) & kHighBits;
    if (others != 0) return length + BytesBefore(others);
    length += kWidth;
  }
  return length;
}

}  // namespace wordkin
