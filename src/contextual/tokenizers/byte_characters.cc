#include "contextual/tokenizers/byte_characters.h"

#include "common/text/utf8.h"

namespace wordkin::contextual {
namespace {

std::array<std::string, 256> MakeCharacters() {
  std::array<std::string, 256> characters;
  char32_t next = 0x100;
  for (std::size_t byte = 0; byte < characters.size(); ++byte) {
    const bool is_visible =
        (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xFF && byte != 0xAD);
    AppendUtf8(is_visible ? static_cast<char32_t>(byte) : next++, characters[byte]);
  }
  return characters;
}

}  // namespace

const std::array<std::string, 256>& ByteCharacters() {
  static const std::array<std::string, 256> characters = MakeCharacters();
  return characters;
}

}  // namespace wordkin::contextual
