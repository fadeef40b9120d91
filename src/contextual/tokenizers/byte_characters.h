#pragma once

#include <array>
#include <string>
#include <string_view>

namespace wordkin::contextual {

// The visible character that byte-level BPE writes for each byte, in UTF-8: itself for printable
// ASCII and Latin-1, else the next from U+0100 on (Radford et al. 2019).
const std::array<std::string, 256>& ByteCharacters();

inline constexpr std::string_view kBlankAsCharacter = "\xC4\xA0";  // U+0120

}  // namespace wordkin::contextual
