#include "common/text/printable.h"

#include <cstddef>

#include "common/text/utf8.h"

namespace wordkin {
namespace {

constexpr std::size_t kQuotedBytes = 40;

// What would move the cursor, or turn the direction of text around it (Unicode Technical Report 36,
// section 2.10): embeddings, overrides and isolates.
bool IsControlCharacter(char32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) ||
         (code_point >= 0x202A && code_point <= 0x202E) ||
         (code_point >= 0x2066 && code_point <= 0x2069);
}

// 'number' is below 256.
std::string TwoHexDigits(char32_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  return {kDigits[number / 16], kDigits[number % 16]};
}

std::string HexDigits(char32_t number) {
  return (number < 256 ? "" : TwoHexDigits(number / 256)) + TwoHexDigits(number % 256);
}

}  // namespace

std::string Printable(std::string_view text, std::string_view kept) {
  std::string printable;
  printable.reserve(text.size());
  while (!text.empty()) {
    const DecodedCodePoint decoded = DecodeUtf8(text);
    const std::string_view bytes = text.substr(0, decoded.length);
    if (!decoded.valid) {
      for (const char byte : bytes) {
        printable += "\\x" + TwoHexDigits(static_cast<unsigned char>(byte));
      }
    } else if (IsControlCharacter(decoded.code_point) &&
               kept.find(bytes) == std::string_view::npos) {
      printable += "\\u{" + HexDigits(decoded.code_point) + "}";
    } else {
      printable += bytes;
    }
    text.remove_prefix(decoded.length);
  }
  return printable;
}

std::string Excerpt(std::string_view text, std::size_t limit) {
  return Printable(RepairUtf8(text.substr(0, limit))) + (text.size() > limit ? "..." : "");
}

std::string QuoteExcerpt(std::string_view text) { return "'" + Excerpt(text, kQuotedBytes) + "'"; }

}  // namespace wordkin
