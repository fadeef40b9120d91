#pragma once

namespace wordkin::contextual {

// The classes of characters that BERT's tokenizer knows, for every code point as the reference
// implementation has them: it takes the general categories of Unicode 8 and the lower case of
// Unicode 17. utf8proc's Unicode 15 is corrected where that makes a difference.

// Cc, Cf and Co, but TAB, LF and CR.
bool IsBertControl(char32_t code_point);
// ASCII's symbols, and P*.
bool IsBertPunctuation(char32_t code_point);
// Mn: what is dropped when accents are stripped.
bool IsBertMark(char32_t code_point);
// The blocks of Han; neither Kana nor Hangul.
bool IsBertHan(char32_t code_point);
// The property White_Space.
bool IsWhiteSpace(char32_t code_point);

// Of a character alone. U+0130 alone has two, of which this is the first; the second is U+0307.
char32_t LowerCase(char32_t code_point);
inline constexpr char32_t kCapitalIWithDot = 0x130;
inline constexpr char32_t kDotAbove = 0x307;

}  // namespace wordkin::contextual
