#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

namespace wordkin {

// Whether eight bytes are digits, and what they are worth (Mula and Lemire's multiplications).
inline bool AreEightDigits(std::uint64_t bytes) {
  return (((bytes + 0x4646464646464646) | (bytes - 0x3030303030303030)) & 0x8080808080808080) == 0;
}
inline std::uint64_t EightDigits(std::uint64_t bytes) {
  bytes -= 0x3030303030303030;
  bytes = bytes * 10 + (bytes >> 8);
  return (((bytes & 0x000000FF000000FF) * 0x000F424000000064 +
           ((bytes >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >>
          32);
}

// Reads a number as std::from_chars does, the nearest float32, where that is quick to know: up to
// 19 digits whose value is exact in a double, and no result so near to the middle of two floats
// that a double is too coarse to tell. nullptr for all else, numbers or not; else where it ends.
inline const char* ReadPlainFloat(const char* cursor, const char* end, float& value) {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::array kPowersOfTen = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                       1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  constexpr std::ptrdiff_t kMostDigits = 19, kMostExponentDigits = 4;
  constexpr std::uint64_t kExactIntegers = std::uint64_t{1} << 53;
  std::uint64_t mantissa = 0;
  const auto take_digits = [&] {
    const char* const first = cursor;
    while (end - cursor >= 8) {
      std::uint64_t bytes;
      std::memcpy(&bytes, cursor, sizeof(bytes));
      if (!AreEightDigits(bytes)) break;
      mantissa = mantissa * 100'000'000 + EightDigits(bytes);
      cursor += 8;
    }
    for (; cursor != end && static_cast<unsigned char>(*cursor - '0') < 10; ++cursor) {
      mantissa = mantissa * 10 + static_cast<std::uint64_t>(*cursor - '0');
    }
    return cursor - first;
  };

  const bool is_negative = cursor != end && *cursor == '-';
  cursor += is_negative;
  std::ptrdiff_t digits = take_digits();
  std::ptrdiff_t exponent = 0;
  if (cursor != end && *cursor == '.') {
    ++cursor;
    exponent = -take_digits();
    digits -= exponent;
  }
  // With more digits 'mantissa' has wrapped.
  if (digits == 0 || digits > kMostDigits || mantissa > kExactIntegers) return nullptr;
  if (cursor != end && (*cursor | 0x20) == 'e') {
    ++cursor;
    const bool is_small = cursor != end && *cursor == '-';
    cursor += is_small || (cursor != end && *cursor == '+');
    const char* const first = cursor;
    std::ptrdiff_t given = 0;
    for (; cursor != end && static_cast<unsigned char>(*cursor - '0') < 10; ++cursor) {
      if (cursor - first == kMostExponentDigits) return nullptr;
      given = given * 10 + (*cursor - '0');
    }
    if (cursor == first) return nullptr;
    exponent += is_small ? -given : given;
  }
  constexpr auto kMostPowers = static_cast<std::ptrdiff_t>(kPowersOfTen.size()) - 1;
  if (exponent < -kMostPowers || exponent > kMostPowers) return nullptr;
  // One rounding of exact operands (Clinger), then a second one to float32, which is only wrong
  // when the first ended in the very middle of two floats.
  const auto whole = static_cast<double>(mantissa);
  const double wide = exponent < 0 ? whole / kPowersOfTen[static_cast<std::size_t>(-exponent)]
                                   : whole * kPowersOfTen[static_cast<std::size_t>(exponent)];
  constexpr std::uint64_t kDroppedBits = 0x1FFFFFFF, kMiddle = 0x10000000;
  if ((std::bit_cast<std::uint64_t>(wide) & kDroppedBits) == kMiddle) return nullptr;
  if (wide > double{std::numeric_limits<float>::max()}) return nullptr;
  if (wide < double{std::numeric_limits<float>::min()} && wide != 0) return nullptr;
  const auto narrow = static_cast<float>(wide);
  value = is_negative ? -narrow : narrow;
  return cursor;
}

}  // namespace wordkin
