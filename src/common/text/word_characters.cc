#include "common/text/word_characters.h"

#include <utf8proc.h>

#include <array>
#include <cstddef>
#include <vector>

#include "common/text/utf8.h"

namespace wordkin {
namespace {

constexpr std::size_t kPlaneSize = 0x10000;
constexpr auto kFoldAndCompose =
    static_cast<utf8proc_option_t>(UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE | UTF8PROC_STABLE);

struct CodePointRange {
  char32_t first;
  char32_t last;
};

// In rising order; what in them is no letter or number stays what it is. Digits of these scripts
// form numbers as others do, so they are left out.
constexpr CodePointRange kUnspacedRanges[] = {
    {0x0E00, 0x0E4F},                                        // Thai
    {0x0E80, 0x0ECF},                                        // Lao
    {0x0EDA, 0x0EFF},   {0x1000, 0x103F},                    // Myanmar
    {0x104A, 0x108F},   {0x109A, 0x109F}, {0x1780, 0x17DF},  // Khmer
    {0x1950, 0x19CF},                                        // Tai Le, New Tai Lue
    {0x1A20, 0x1A7F},                                        // Tai Tham
    {0x3005, 0x3007},                                        // Han: iteration mark, zero
    {0x3021, 0x3029},                                        // Hangzhou numerals
    {0x3031, 0x3035},                                        // Kana: iteration marks
    {0x3038, 0x303C},   {0x3041, 0x312F},                    // Hiragana, Katakana, Bopomofo
    {0x31A0, 0x31BF},                                        // Bopomofo
    {0x31F0, 0x31FF},                                        // Katakana
    {0x3400, 0x4DBF},                                        // Han
    {0x4E00, 0x9FFF},   {0xA9E0, 0xA9EF},                    // Myanmar
    {0xA9FA, 0xA9FF},   {0xAA60, 0xAADF},                    // Myanmar, Tai Viet
    {0xF900, 0xFAFF},                                        // Han
    {0xFF66, 0xFF9F},                                        // Katakana of half width
    {0x1AFF0, 0x1B16F},                                      // Kana
    {0x20000, 0x3FFFD},                                      // Han
};

CharacterKind Classify(char32_t code_point) {
  switch (code_point) {
    case U'\'':
    case U'\u2019':
      return CharacterKind::kApostrophe;
    case U'\u200C':
    case U'\u200D':
    case kSoftHyphen:
      return CharacterKind::kJoiner;
    default:
      break;
  }
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
  if (category == UTF8PROC_CATEGORY_CN) return CharacterKind::kSeparator;
  if (category <= UTF8PROC_CATEGORY_LO) return CharacterKind::kLetter;
  if (category <= UTF8PROC_CATEGORY_ME) return CharacterKind::kMark;
  if (category <= UTF8PROC_CATEGORY_NO) return CharacterKind::kNumber;
  return CharacterKind::kSeparator;
}

// Marks and the letters of Hangul that are not whole syllables may merge with what stands before
// them; nothing else of this plane does (the property NFC_Quick_Check = Maybe).
bool MayComposeBackwards(char32_t code_point, CharacterKind kind) {
  if (kind == CharacterKind::kMark) {
    const auto* property = utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point));
    return property->combining_class != 0 || property->comb_index != UINT16_MAX;
  }
  return code_point >= 0x1100 && code_point <= 0x11FF;
}

char32_t FoldAlone(char32_t code_point, CharacterKind kind) {
  if (kind == CharacterKind::kSeparator || code_point == kSoftHyphen ||
      MayComposeBackwards(code_point, kind)) {
    return 0;
  }
  if (kind == CharacterKind::kApostrophe) return U'\'';
  std::array<utf8proc_int32_t, 32> folded;
  int last_boundary_class = 0;
  utf8proc_ssize_t length = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(code_point), folded.data(),
      static_cast<utf8proc_ssize_t>(folded.size()), kFoldAndCompose, &last_boundary_class);
  if (length < 1 || static_cast<std::size_t>(length) > folded.size()) return 0;
  length = utf8proc_normalize_utf32(folded.data(), length, kFoldAndCompose);
  if (length != 1 || static_cast<std::size_t>(folded[0]) >= kPlaneSize) return 0;
  return static_cast<char32_t>(folded[0]);
}

struct PlaneTable {
  PlaneTable() : kinds(kPlaneSize), foldings(kPlaneSize) {
    for (std::size_t i = 0; i < kPlaneSize; ++i) {
      const auto code_point = static_cast<char32_t>(i);
      kinds[i] = Classify(code_point);
      foldings[i] = static_cast<char16_t>(FoldAlone(code_point, kinds[i]));
    }
  }
  std::vector<CharacterKind> kinds;
  std::vector<char16_t> foldings;
};

const PlaneTable& BasicPlane() {
  static const PlaneTable table;
  return table;
}

}  // namespace

CharacterKind KindOfCharacter(char32_t code_point, TokenizerKind tokenizer) {
  const CharacterKind kind =
      code_point < kPlaneSize ? BasicPlane().kinds[code_point] : Classify(code_point);
  const bool is_unspaced = tokenizer == TokenizerKind::kCharacters &&
                           (kind == CharacterKind::kLetter || kind == CharacterKind::kNumber) &&
                           IsUnspacedLetter(code_point);
  return is_unspaced ? CharacterKind::kUnspaced : kind;
}

bool IsUnspacedLetter(char32_t code_point) {
  if (code_point < kUnspacedRanges[0].first) return false;
  for (const auto& [first, last] : kUnspacedRanges) {
    if (code_point <= last) return code_point >= first;
  }
  return false;
}

bool ExtendsCharacter(char32_t code_point) {
  constexpr char32_t kThaiAm = 0x0E33;
  constexpr char32_t kLaoAm = 0x0EB3;
  constexpr char32_t kHalfWidthVoicing = 0xFF9E;
  constexpr char32_t kHalfWidthSemiVoicing = 0xFF9F;
  return code_point == kThaiAm || code_point == kLaoAm || code_point == kHalfWidthVoicing ||
         code_point == kHalfWidthSemiVoicing ||
         KindOfCharacter(code_point, TokenizerKind::kWords) == CharacterKind::kMark;
}

char32_t SimpleFolding(char32_t code_point) {
  return code_point < kPlaneSize ? BasicPlane().foldings[code_point] : 0;
}

void AppendFolded(std::string_view word, std::string& text) {
  // Scratch kept from word to word.
  thread_local std::string written;
  thread_local std::vector<utf8proc_int32_t> folded(64);
  written.clear();
  while (!word.empty()) {
    const DecodedCodePoint decoded = DecodeUtf8(word);
    word.remove_prefix(decoded.length);
    if (decoded.code_point == kSoftHyphen) continue;
    const bool is_apostrophe = Classify(decoded.code_point) == CharacterKind::kApostrophe;
    AppendUtf8(is_apostrophe ? U'\'' : decoded.code_point, written);
  }
  const auto decompose = [&] {
    return utf8proc_decompose(reinterpret_cast<const utf8proc_uint8_t*>(written.data()),
                              static_cast<utf8proc_ssize_t>(written.size()), folded.data(),
                              static_cast<utf8proc_ssize_t>(folded.size()), kFoldAndCompose);
  };
  utf8proc_ssize_t length = decompose();
  if (length > static_cast<utf8proc_ssize_t>(folded.size())) {
    folded.resize(static_cast<std::size_t>(length));
    length = decompose();
  }
  length = utf8proc_normalize_utf32(folded.data(), length, kFoldAndCompose);
  for (utf8proc_ssize_t i = 0; i < length; ++i) {
    AppendUtf8(static_cast<char32_t>(folded[static_cast<std::size_t>(i)]), text);
  }
}

}  // namespace wordkin
