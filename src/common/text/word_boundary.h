#pragma once

#include <cstddef>
#include <string_view>

namespace wordkin {

// How text is split into words: see WordSplitter.
enum class TokenizerKind {
  kWhitespace,  // runs between Unicode white space, kept as they are
  kWords,       // letters, marks and digits, case folded; an apostrophe between letters stays
  kCharacters,  // as kWords, but each letter of a script without spaces (Chinese) is a word
};

// Longer words are left out and counted.
inline constexpr std::size_t kMaxCorpusWordBytes = 1024;

// Begins some texts to name their encoding; no part of any word.
inline constexpr char32_t kByteOrderMark = 0xFEFF;

// As the command line spells it: "whitespace".
std::string_view TokenizerName(TokenizerKind kind);

// The last position of 'text' at which it may be cut without cutting a word, a code point or CRLF,
// whatever follows; 0 when there is none. 'text' begins between words.
std::size_t LastWordBoundary(std::string_view text, TokenizerKind kind);

}  // namespace wordkin
