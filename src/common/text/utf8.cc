#include "common/text/utf8.h"

#include <algorithm>

#include <cstdint>
#include <cstring>

namespace wordkin {
namespace {

// The well-formed sequences by their first byte (Unicode 15, table 3-7): how many bytes follow and
// between what bounds the second one lies. All later ones lie in 80..BF.
struct LeadByte {
  std::size_t following;
  unsigned char second_low;
  unsigned char second_high;
};

constexpr LeadByte ClassifyLead(unsigned char lead) {
  if (lead < 0xC2 || lead > 0xF4) return {0, 0, 0};
  if (lead < 0xE0) return {1, 0x80, 0xBF};
  if (lead == 0xE0) return {2, 0xA0, 0xBF};
  if (lead == 0xED) return {2, 0x80, 0x9F};
  if (lead < 0xF0) return {2, 0x80, 0xBF};
  if (lead == 0xF0) return {3, 0x90, 0xBF};
  if (lead == 0xF4) return {3, 0x80, 0x8F};
  return {3, 0x80, 0xBF};
}

std::size_t AsciiPrefix(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080u;
  std::size_t position = 0;
  while (position + sizeof(std::uint64_t) <= text.size()) {
    std::uint64_t bytes;
    std::memcpy(&bytes, text.data() + position, sizeof(bytes));
    if ((bytes & kHighBits) != 0) break;
    position += sizeof(bytes);
  }
  while (position < text.size() && static_cast<unsigned char>(text[position]) < 0x80) ++position;
  return position;
}

}  // namespace

DecodedCodePoint DecodeUtf8(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1, true};
  const LeadByte lead = ClassifyLead(first);
  if (lead.following == 0) return {kReplacementCharacter, 1, false};
  char32_t code_point = first & (0x3Fu >> lead.following);
  unsigned char low = lead.second_low;
  unsigned char high = lead.second_high;
  for (std::size_t i = 1; i <= lead.following; ++i) {
    if (i >= text.size() || byte(i) < low || byte(i) > high) {
      return {kReplacementCharacter, i, false};
    }
    code_point = (code_point << 6) | (byte(i) & 0x3Fu);
    low = 0x80;
    high = 0xBF;
  }
  return {code_point, lead.following + 1, true};
}

void AppendUtf8(char32_t code_point, std::string& text) {
  const auto append = [&](char32_t value) { text.push_back(static_cast<char>(value)); };
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
    code_point = kReplacementCharacter;
  }
  if (code_point < 0x80) {
    append(code_point);
  } else if (code_point < 0x800) {
    append(0xC0 | (code_point >> 6));
    append(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    append(0xE0 | (code_point >> 12));
    append(0x80 | ((code_point >> 6) & 0x3F));
    append(0x80 | (code_point & 0x3F));
  } else {
    append(0xF0 | (code_point >> 18));
    append(0x80 | ((code_point >> 12) & 0x3F));
    append(0x80 | ((code_point >> 6) & 0x3F));
    append(0x80 | (code_point & 0x3F));
  }
}

bool IsValidUtf8(std::string_view text) {
  while (true) {
    text.remove_prefix(AsciiPrefix(text));
    if (text.empty()) return true;
    const DecodedCodePoint decoded = DecodeUtf8(text);
    if (!decoded.valid) return false;
    text.remove_prefix(decoded.length);
  }
}

std::string RepairUtf8(std::string_view text) {
  std::string repaired;
  repaired.reserve(text.size());
  while (!text.empty()) {
    const DecodedCodePoint decoded = DecodeUtf8(text);
    if (decoded.valid) {
      repaired.append(text.substr(0, decoded.length));
    } else {
      AppendUtf8(kReplacementCharacter, repaired);
    }
    text.remove_prefix(decoded.length);
  }
  return repaired;
}

std::u32string ToCodePoints(std::string_view text) {
  std::u32string code_points;
  while (!text.empty()) {
    const DecodedCodePoint decoded = DecodeUtf8(text);
    code_points.push_back(decoded.code_point);
    text.remove_prefix(decoded.length);
  }
  return code_points;
}

bool IsWhitespace(char32_t code_point) {
  if (code_point <= 0x20) return code_point == 0x20 || code_point - 9 <= 4 || code_point == 0;
  if (code_point < 0x1680) return code_point == 0x85 || code_point == 0xA0;
  if (code_point >= 0x2000 && code_point <= 0x200A) return true;
  return code_point == 0x1680 || code_point == 0x2028 || code_point == 0x2029 ||
         code_point == 0x202F || code_point == 0x205F || code_point == 0x3000;
}

std::string_view TrimWhitespace(std::string_view text) {
  std::size_t first = text.size(), last = 0;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCodePoint point = DecodeUtf8(text.substr(at));
    if (!point.valid || !IsWhitespace(point.code_point)) {
      first = std::min(first, at);
      last = at + point.length;
    }
    at += point.length;
  }
  return first < last ? text.substr(first, last - first) : std::string_view();
}

}  // namespace wordkin
