#include "common/text/word_boundary.h"

#include "common/text/utf8.h"
#include "common/text/word_characters.h"

namespace wordkin {
namespace {

// A code point of 'text' that may still be cut short by the end of the text.
bool IsUnfinished(const DecodedCodePoint& decoded, std::size_t position, std::string_view text) {
  return !decoded.valid && position + decoded.length == text.size();
}

bool SplitsCrLf(std::string_view text, std::size_t position) {
  return text[position - 1] == '\r' && (position == text.size() || text[position] == '\n');
}

std::size_t LastAsciiBoundary(std::string_view text) {
  for (std::size_t position = text.size(); position > 0; --position) {
    const auto byte = static_cast<unsigned char>(text[position - 1]);
    if (byte <= 0x20 && IsWhitespace(byte) && !SplitsCrLf(text, position)) return position;
  }
  return 0;
}

std::size_t LastUnicodeWhitespace(std::string_view text) {
  std::size_t boundary = 0;
  for (std::size_t position = 0; position < text.size();) {
    const DecodedCodePoint decoded = DecodeUtf8(text.substr(position));
    position += decoded.length;
    const bool separates = IsWhitespace(decoded.code_point) || decoded.code_point == kByteOrderMark;
    if (separates && !SplitsCrLf(text, position)) boundary = position;
  }
  return boundary;
}

// Follows the rules of WordSplitter from the beginning, since what an apostrophe or a mark does
// depends on what stands before it.
std::size_t LastUnicodeSeparator(std::string_view text, TokenizerKind tokenizer) {
  std::size_t boundary = 0;
  bool may_be_extended = false;  // the letter of a script without spaces that stands before
  CharacterKind before = CharacterKind::kSeparator;
  for (std::size_t position = 0; position < text.size();) {
    const DecodedCodePoint current = DecodeUtf8(text.substr(position));
    const std::size_t end = position + current.length;
    if (IsUnfinished(current, position, text)) break;
    if (may_be_extended && ExtendsCharacter(current.code_point)) {
      position = end;
      continue;
    }
    CharacterKind after = CharacterKind::kSeparator;
    const CharacterKind kind = KindOfCharacter(current.code_point, tokenizer);
    if (may_be_extended || kind == CharacterKind::kUnspaced) {
      if (position > 0 && !SplitsCrLf(text, position)) boundary = position;
      may_be_extended = kind == CharacterKind::kUnspaced;
    }
    if (may_be_extended) {
      before = CharacterKind::kSeparator;
      position = end;
      continue;
    }
    if (kind == CharacterKind::kApostrophe || kind == CharacterKind::kJoiner) {
      if (end == text.size()) break;
      const DecodedCodePoint next = DecodeUtf8(text.substr(end));
      if (IsUnfinished(next, end, text)) break;
      after = KindOfCharacter(next.code_point, tokenizer);
    }
    const bool separates = Separates(before, kind, after);
    before = separates ? CharacterKind::kSeparator : kind;
    position = end;
    if (separates && !SplitsCrLf(text, position)) boundary = position;
  }
  return boundary;
}

}  // namespace

std::string_view TokenizerName(TokenizerKind kind) {
  switch (kind) {
    case TokenizerKind::kWhitespace:
      return "whitespace";
    case TokenizerKind::kWords:
      return "words";
    case TokenizerKind::kCharacters:
      break;
  }
  return "characters";
}

std::size_t LastWordBoundary(std::string_view text, TokenizerKind kind) {
  // ASCII white space parts words whatever stands around it, and nearly always stands near the end.
  const std::size_t boundary = LastAsciiBoundary(text);
  const std::string_view rest = text.substr(boundary);
  return boundary + (kind == TokenizerKind::kWhitespace ? LastUnicodeWhitespace(rest)
                                                        : LastUnicodeSeparator(rest, kind));
}

}  // namespace wordkin
