#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/text/word_boundary.h"

namespace wordkin {

// What a code point does in a word of TokenizerKind::kWords and kCharacters.
enum class CharacterKind : std::uint8_t {
  kSeparator,   // punctuation, symbols, white space, controls
  kLetter,      // categories L*
  kMark,        // M*: belongs to the character before it, so it begins no word
  kNumber,      // N*
  kApostrophe,  // ' or U+2019: stays between a letter (or its mark) and a letter
  kJoiner,      // U+200C, U+200D, soft hyphen: stays between characters of a word
  kUnspaced,    // for kCharacters only: IsUnspacedLetter, a word of its own with what extends it
};

CharacterKind KindOfCharacter(char32_t code_point, TokenizerKind tokenizer);

// Letters of scripts whose words no blanks part: Han, Kana, Bopomofo, Thai, Lao, Khmer, Myanmar and
// the other Tai scripts.
bool IsUnspacedLetter(char32_t code_point);
// Marks, and the four letters that Unicode counts to the character before them.
bool ExtendsCharacter(char32_t code_point);

inline constexpr char32_t kSoftHyphen = 0xAD;

// True for what ends the word before it, given its neighbours (kSeparator at an end of the text).
constexpr bool Separates(CharacterKind before, CharacterKind kind, CharacterKind after) {
  const bool in_word = before == CharacterKind::kLetter || before == CharacterKind::kMark ||
                       before == CharacterKind::kNumber;
  switch (kind) {
    case CharacterKind::kLetter:
    case CharacterKind::kNumber:
      return false;
    case CharacterKind::kMark:
      return !in_word && before != CharacterKind::kJoiner;
    case CharacterKind::kApostrophe:
      return !in_word || before == CharacterKind::kNumber || after != CharacterKind::kLetter;
    case CharacterKind::kJoiner:
      return !in_word || (after != CharacterKind::kLetter && after != CharacterKind::kMark &&
                          after != CharacterKind::kNumber);
    case CharacterKind::kUnspaced:
    case CharacterKind::kSeparator:
      break;
  }
  return true;
}

// The folding of a code point when it does not depend on its neighbours and is one code point of
// the Basic Multilingual Plane; 0 when the word needs AppendFolded. Defined for all but separators.
char32_t SimpleFolding(char32_t code_point);

// Appends a word in its written form: case folded in full and composed (NFC), U+2019 as ', soft
// hyphens left out. 'word' is valid UTF-8.
void AppendFolded(std::string_view word, std::string& text);

}  // namespace wordkin
