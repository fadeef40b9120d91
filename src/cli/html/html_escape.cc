#include "cli/html/html_escape.h"

#include "common/text/utf8.h"

namespace wordkin::cli {
namespace {

// Or what XML does not have.
bool IsControl(char32_t code_point) {
  if (code_point == U'\t' || code_point == U'\n' || code_point == U'\r') return false;
  if (code_point == 0xFFFE || code_point == 0xFFFF) return true;
  return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    const DecodedCodePoint next = DecodeUtf8(text);
    text.remove_prefix(next.length);
    switch (next.code_point) {
      case U'&':
        escaped += "&amp;";
        break;
      case U'<':
        escaped += "&lt;";
        break;
      case U'>':
        escaped += "&gt;";
        break;
      case U'"':
        escaped += "&quot;";
        break;
      case U'\'':
        escaped += "&#39;";
        break;
      default:
        AppendUtf8(IsControl(next.code_point) ? kReplacementCharacter : next.code_point, escaped);
    }
  }
  return escaped;
}

std::string ScriptJson(const Json& json) {
  std::string escaped;
  for (const char character : json.dump(-1, ' ', false, Json::error_handler_t::replace)) {
    if (character == '<') {
      escaped += "\\u003c";
    } else {
      escaped += character;
    }
  }
  return escaped;
}

void AppendLittleEndian(std::string& bytes, std::size_t number, int byte_count) {
  for (int place = 0; place < byte_count; ++place) {
    bytes += static_cast<char>(number >> 8 * place & 0xFF);
  }
}

std::string Base64(std::string_view bytes) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto byte_at = [bytes](std::size_t place) -> unsigned {
    return place < bytes.size() ? static_cast<unsigned char>(bytes[place]) : 0;
  };
  std::string digits;
  digits.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t place = 0; place < bytes.size(); place += 3) {
    const unsigned group = byte_at(place) << 16 | byte_at(place + 1) << 8 | byte_at(place + 2);
    for (const int shift : {18, 12, 6, 0}) digits += kDigits[group >> shift & 63];
  }
  const std::size_t padding = (3 - bytes.size() % 3) % 3;
  digits.replace(digits.size() - padding, padding, padding, '=');
  return digits;
}

}  // namespace wordkin::cli
