#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wordkin {

constexpr char32_t kReplacementCharacter = 0xFFFD;

struct DecodedCodePoint {
  char32_t code_point;  // kReplacementCharacter for an ill-formed sequence
  std::size_t length;   // bytes taken, at least 1
  bool valid;
};

// Decodes the code point at the front of 'text', which is not empty. Overlong forms, surrogates and
// values above U+10FFFF are ill-formed; an ill-formed sequence is its maximal subpart (Unicode 15,
// section 3.9), so that each gives one U+FFFD as every browser does it.
DecodedCodePoint DecodeUtf8(std::string_view text);

void AppendUtf8(char32_t code_point, std::string& text);

bool IsValidUtf8(std::string_view text);

// Ill-formed sequences replaced by U+FFFD.
std::string RepairUtf8(std::string_view text);

std::u32string ToCodePoints(std::string_view text);

// The property White_Space of Unicode, and the NUL character.
bool IsWhitespace(char32_t code_point);

// The text without white space around it.
std::string_view TrimWhitespace(std::string_view text);

}  // namespace wordkin
