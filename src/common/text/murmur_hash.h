#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace wordkin {

// MurmurHash3 x64, 128 bits (Austin Appleby, public domain), the low half first.
std::array<std::uint64_t, 2> MurmurHash3(std::string_view bytes, std::uint32_t seed);

}  // namespace wordkin
